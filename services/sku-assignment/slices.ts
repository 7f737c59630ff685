import type { Job } from '@ge/runtime';

/** How many times as much a slice holds while nobody else waits: what each transaction costs besides is shared by more rows. */
const aloneTimes = 2;

/**
 * How many times its usual share of rows a slice may hold. One that failed before, for whatever reason, is taken up with a
 * single share, so that no more is lost with the one that fails for good.
 */
export const sharesOf = ({ message }: Job, othersWait: boolean): number =>
  othersWait || message.attempts > 0 || message.crashes > 0 ? 1 : aloneTimes;
