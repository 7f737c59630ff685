/** How fast workers have been finishing a queue's messages, as its looks found it. */
export interface Pace {
  /** Finished messages a second. */
  readonly perSecond: number;
  /** Milliseconds between the last two looks. */
  readonly lookMs: number;
}

export const standstill: Pace = { perSecond: 0, lookMs: 0 };

/** How long ago counts: long enough to smooth batches, short enough to follow a load within a second. */
const memoryMs = 400;

/** The pace after a look that found `finished` more messages done, `ms` after the one before. */
export function paceAfter({ perSecond }: Pace, finished: number, ms: number): Pace {
  const elapsed = Math.max(1, ms);
  const weight = 1 - Math.exp(-elapsed / memoryMs);
  return { perSecond: perSecond + ((finished * 1_000) / elapsed - perSecond) * weight, lookMs: elapsed };
}

export interface WindowBounds {
  /** Pointers there is room for at any time. */
  readonly least: number;
  /** Pointers there is never more room for; `least` where that is more. */
  readonly most: number;
  /** For how long workers are to find work in Redis without another look, in milliseconds. */
  readonly aheadMs: number;
}

/**
 * How many pointers of a queue may be under way: what workers hold, and beyond that what they finish in the time ahead, or
 * before the look after the next where looks take longer. What is held counts apart and always leaves room beside it, so that
 * slow work, of which much is held and little finished, never hides what waits.
 */
export function windowSize(held: number, pace: Pace, { least, most, aheadMs }: WindowBounds): number {
  const ahead = Math.max(aheadMs, 2 * pace.lookMs);
  const beside = Math.max(least / 4, (pace.perSecond * ahead) / 1_000);
  return Math.max(least, Math.min(most, Math.ceil(held + beside)));
}
