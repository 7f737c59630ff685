import { z } from 'zod';
import { lotsOf } from './lots.ts';

const span = z
  .int()
  .min(1)
  .max(7 * 86_400_000);

/**
 * What befalls every call while a window is open. `outage`: the line is cut (`reset`), kept silent, or answered with 503, before
 * anything is done or counted at the counter. `rate_storm`: 429 for everybody.
 */
export const windowEffect = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('outage'), how: z.enum(['reset', 'silent', 'unavailable']).default('reset') }),
  z.strictObject({ kind: z.literal('rate_storm'), retryAfterSeconds: z.int().min(0).max(3_600).default(1) }),
]);

export type WindowEffect = z.infer<typeof windowEffect>;

/** When a window is open: once, or again and again at a place in each span of `every.ms` that the seed decides. */
export const windowTimes = {
  /** When it opens first; when the script comes in, unless told. */
  from: z.iso.datetime().optional(),
  forMs: span,
  every: z.strictObject({ ms: span, seed: z.string().min(1).max(100) }).optional(),
};

export interface WindowTimes {
  readonly from: Date;
  readonly forMs: number;
  readonly every?: { readonly ms: number; readonly seed: string } | undefined;
}

/** Whether a window is open. Pure, so that the same seed from the same moment on opens it at the same times. */
export function isOpen({ from, forMs, every }: WindowTimes, now: Date): boolean {
  const passed = now.getTime() - from.getTime();
  if (passed < 0) return false;
  if (!every) return passed < forMs;
  const turn = Math.floor(passed / every.ms);
  const [lot] = lotsOf(['window', every.seed, turn]);
  const opens = Math.floor(lot * (every.ms - forMs));
  const inTurn = passed - turn * every.ms;
  return inTurn >= opens && inTurn < opens + forMs;
}

/** A window that will not open any more. */
export const isOver = ({ from, forMs, every }: WindowTimes, now: Date): boolean =>
  !every && now.getTime() >= from.getTime() + forMs;
