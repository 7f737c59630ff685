/** A token bucket: so many tokens a second, so many at most. null: as many as are wanted. */
export interface BucketSize {
  readonly perSecond: number;
  readonly burst: number;
}

/** What is known of a bucket. Times in milliseconds since 1970. */
export interface BucketLevel {
  readonly level: number;
  readonly at: number;
  /** When the last of those that were sent away is to come back. */
  readonly tail: number;
}

/**
 * A kind of call that the other side wants less of: none until `quiet`, then `pace` a second, twice as many with each second.
 * null: nothing was said of it, or that is long past.
 */
export interface LaneQuiet {
  readonly quiet: number;
  readonly pace: number;
  /** When the next one may go, after the quiet. */
  readonly next: number;
  /** How many were told to come back, or have been let through, since the quiet ended. */
  readonly waiting: number;
}

export interface BucketState {
  readonly bucket: BucketLevel | null;
  readonly lane: LaneQuiet | null;
}

export interface Ask {
  readonly size: BucketSize | null;
  readonly wanted: number;
  /** So many tokens are left for others. */
  readonly reserve: number;
}

export interface Taken {
  readonly granted: number;
  /** For each one that got none: after how many milliseconds to come back. */
  readonly waits: readonly number[];
  readonly state: BucketState;
}

/** The pace after the first quiet, the least after many, and what counts as free again; a second. */
export const paces = { first: 50, least: 5, free: 1_000 };

/** Unused turns of a lane are kept for so long. */
const CATCH_UP_MS = 100;

/**
 * Takes what may be had. Those that get nothing are given turns of their own, as fast as there will be tokens for them, so that
 * they do not come back together. The same in Lua: `bucketScripts.ts`.
 */
export function takeFrom(state: BucketState, { size, wanted, reserve }: Ask, now: number): Taken {
  const lane = liveLane(state.lane, now);
  let mayPass = wanted;
  let next = 0;
  if (lane) {
    const step = 1_000 / speedOf(lane, now);
    next = Math.max(lane.next, lane.quiet, now - CATCH_UP_MS);
    mayPass = now < lane.quiet ? 0 : Math.max(0, Math.min(wanted, Math.floor((now - next) / step) + 1));
  }
  let bucket = state.bucket;
  let granted = mayPass;
  if (size) {
    const level = bucket
      ? Math.min(size.burst, bucket.level + ((now - bucket.at) * size.perSecond) / 1_000)
      : size.burst;
    granted = Math.min(mayPass, Math.max(0, Math.floor(level - reserve + 1e-9)));
    bucket = { level: level - granted, at: now, tail: bucket?.tail ?? 0 };
  }
  const passed = lane && { ...lane, next: next + (granted * 1_000) / speedOf(lane, Math.max(now, lane.quiet)) };
  if (granted === wanted) return { granted, waits: [], state: { bucket, lane: passed } };
  const away = wanted - granted;
  if (passed && granted === mayPass) {
    const { waits, waiting } = turnsAfter(passed, away, now);
    return { granted, waits, state: { bucket, lane: { ...passed, waiting } } };
  }
  const step = 1_000 / size!.perSecond;
  const from = Math.max(bucket!.tail, now);
  const waits = Array.from({ length: away }, (_, no) => Math.ceil(from - now + (no + 1) * step));
  return { granted, waits, state: { bucket: { ...bucket!, tail: from + away * step }, lane: passed } };
}

/** Nobody takes this lane for `ms`. Returns the turn of the one who was told so. */
export function hushed(state: BucketState, ms: number, now: number): Omit<Taken, 'granted'> {
  const known = liveLane(state.lane, now);
  const isQuiet = known !== null && now < known.quiet;
  const pace = !known ? paces.first : isQuiet ? known.pace : Math.max(paces.least, speedOf(known, now) / 2);
  const quiet = Math.max(now + ms, isQuiet ? known.quiet : 0);
  const lane = { quiet, pace, next: quiet, waiting: isQuiet ? known.waiting : 0 };
  const { waits, waiting } = turnsAfter(lane, 1, now);
  return { waits, state: { bucket: state.bucket, lane: { ...lane, waiting } } };
}

/** Calls a second at this moment. */
const speedOf = ({ quiet, pace }: LaneQuiet, now: number): number => pace * 2 ** (Math.max(0, now - quiet) / 1_000);

const liveLane = (lane: LaneQuiet | null, now: number): LaneQuiet | null =>
  lane && speedOf(lane, now) < paces.free ? lane : null;

/** The nth call after the quiet goes when the growing pace has let n pass. */
function turnsAfter(lane: LaneQuiet, count: number, now: number) {
  const passed = (lane.pace * (2 ** (Math.max(0, now - lane.quiet) / 1_000) - 1)) / Math.LN2;
  const first = Math.max(lane.waiting, passed);
  const turn = (no: number) => lane.quiet + 1_000 * Math.log2(1 + ((first + no) * Math.LN2) / lane.pace) - now;
  return { waits: Array.from({ length: count }, (_, no) => Math.ceil(turn(no + 1))), waiting: first + count };
}
