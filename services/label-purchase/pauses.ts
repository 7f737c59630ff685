import type { HeldReason } from '@ge/domain';

const SECOND = 1_000;

const doubled = (base: number, times: number, longest: number): number =>
  Math.min(base * 2 ** Math.min(times, 20), longest);

/** Before what the carrier did not take now is sent again; its own wish goes first. Milliseconds. */
export const pauseBeforeResend = (snoozes: number, retryAfterSeconds = 0): number =>
  Math.max(retryAfterSeconds * SECOND, doubled(SECOND, snoozes, 60 * SECOND));

/** Before a claim that found no free place for its call in time is taken anew: this process is busy, the carrier is not. */
export const pauseBeforeFreePlace = SECOND / 4;

/**
 * Before a void without an answer is asked for again. Slow at first, as look-ups are: one that was unlucky a few times is not to wait
 * long once its carrier is well again. Asking fifty times takes nine hours.
 */
export const pauseBeforeVoid = (asked: number): number =>
  Math.min(Math.round(2 * SECOND * 1.5 ** Math.min(asked, 40)), 15 * 60 * SECOND);

/**
 * What waits for its batch is woken when that goes on; it looks by itself, too, should that have been missed: after about as long
 * as it has waited, and every five minutes in the end.
 */
export const whileBatchIsPaused = (snoozes: number): number => doubled(5 * SECOND, snoozes, 300 * SECOND);

/** Before a batch asks for more labels than it has waiting to be sent. */
export const pauseBeforeMoreOfBatch = (snoozes: number): number => doubled(SECOND / 4, snoozes, 15 * SECOND);

/** Before a slice of which nothing was asked, because its orders were just changed, is read anew. */
export const pauseBeforeNextSlice = (snoozes: number): number => doubled(SECOND, snoozes, 15 * SECOND);

/** Before carriers are asked again for what stepped aside; those that are due at about the same time go together. */
export const pauseBeforeAsides = (next: Date, now: Date): number =>
  Math.max(2 * SECOND, next.getTime() - now.getTime());

/** An offer that has no longer to live than this is quoted again: it could end on the way to its carrier. */
export const offerMargin = 2 * SECOND;
/** Before a carrier is asked again that has not decided yet on giving a charge back: it takes days. */
export const pauseBeforeRefund = 6 * 3_600 * SECOND;

/** Before a statement is asked for that the carrier has yet to write: seconds as a rule, and never the cause of a flood of reports. */
export const pauseBeforeReport = (snoozes: number): number => doubled(5 * SECOND, snoozes, 300 * SECOND);

/** Before the first look-up: a carrier that fell silent is given a moment to write down what it did. */
export const pauseBeforeLookUp = SECOND;

/** What is said of a message whose call did not leave. */
export const whyHeld: Readonly<Record<HeldReason, string>> = {
  limit: 'the carrier’s limit is reached',
  asked: 'the carrier asked for fewer calls',
  down: 'the carrier is down and given time',
  stopped: 'the carrier is stopped by hand',
  late: 'the call did not leave',
};
