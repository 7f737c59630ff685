import { askedOffUntil } from './carrierDemand.ts';

/** `closed`: called as ever. `open`: not called. `half_open`: one call is under way to see whether it is back. */
export type BreakerState = 'closed' | 'open' | 'half_open';

/** The calls that a carrier is judged by: what it sells. Each is judged by itself, so that one that works hides none that fails. */
export type JudgedCall = 'quote' | 'buy';

/** Calls of one kind that were noted: in the running period and in the one before it. */
export interface CallTally {
  /** Since one was answered last. */
  readonly failuresInRow: number;
  readonly calls: number;
  readonly failures: number;
  readonly callsBefore: number;
  readonly failuresBefore: number;
}

/** Whether a carrier is called, and what speaks for it. The same for all processes. */
export interface CarrierStanding {
  readonly carrierId: string;
  readonly breaker: BreakerState;
  /** When `breaker` became what it is. */
  readonly since: Date;
  /** How often it opened without a calm time in between. */
  readonly openings: number;
  /** `open`: from when on one call may try. `half_open`: from when on another one may, if nothing is heard of the first. */
  readonly retryAt: Date | null;
  readonly tallies: Readonly<Record<JudgedCall, CallTally>>;
  /** Start of the running period of the tallies. */
  readonly periodFrom: Date;
  /** Since when operations have stopped it by hand, and why; whatever is heard of it, only they let it go on. */
  readonly stoppedAt: Date | null;
  readonly stopReason: string | null;
  /** It wants no quotes, no purchases before: what it asked for last where that was a long time. */
  readonly noQuotesBefore: Date | null;
  readonly noPurchasesBefore: Date | null;
  /** When people last let it go on: what was heard of it before, and what it had asked for, counts no more. */
  readonly letGoAt: Date | null;
}

/** When a breaker opens and for how long. Times in milliseconds. */
export interface BreakerRule {
  /** So many calls of a kind that failed one after another open it. */
  readonly failuresInRow: number;
  /** So does this share of failures, among no fewer than `leastCalls` in the last one to two periods. */
  readonly failureShare: number;
  readonly leastCalls: number;
  readonly periodMs: number;
  /** The first pause; it doubles with every opening up to the longest. */
  readonly pauseMs: number;
  readonly longestPauseMs: number;
  /** How long a try may be without an answer. */
  readonly probeMs: number;
}

/** What calls of one kind came to, in the order they ended. */
export interface CallsHeard {
  /** Whatever was said: a refusal comes from a carrier that works. */
  readonly answered: number;
  /** Not connected, no answer in time, a connection lost, a 5xx. */
  readonly failed: number;
  /**
   * Failures after the last answer, of calls that began after it; where there was none, of all that are not known to have begun
   * before one. What waits in vain while others are answered does not say that the carrier is gone.
   */
  readonly failedLast: number;
}

/** Whether a call may be made. */
export type Admission =
  | { readonly kind: 'call' }
  /** It is the one that tries, once this standing is written down. */
  | { readonly kind: 'probe'; readonly standing: CarrierStanding }
  | { readonly kind: 'hold'; readonly until: Date };

/** Whoever waits for a try looks again after this time: most tries are answered long before they are given up. */
const LOOK_AGAIN_MS = 1_000;
/** Whoever waits for a carrier that people have stopped looks again after this time: nobody knows for how long. */
const STOPPED_LOOK_MS = 30_000;

const nothing: CallTally = { failuresInRow: 0, calls: 0, failures: 0, callsBefore: 0, failuresBefore: 0 };

/** A carrier of which nothing bad was heard. */
export const goodStanding = (carrierId: string, now: Date): CarrierStanding => ({
  carrierId,
  breaker: 'closed',
  since: now,
  openings: 0,
  retryAt: null,
  tallies: { quote: nothing, buy: nothing },
  periodFrom: now,
  stoppedAt: null,
  stopReason: null,
  noQuotesBefore: null,
  noPurchasesBefore: null,
  letGoAt: null,
});

/** Whether it is called without further ado: it works, and nobody has stopped it. */
export const isCalledAsEver = ({ breaker, stoppedAt }: Pick<CarrierStanding, 'breaker' | 'stoppedAt'>): boolean =>
  breaker === 'closed' && stoppedAt === null;

/** Whether it may be called now, be it only to try it. */
export const mayBeTried = (
  { breaker, retryAt, stoppedAt }: Pick<CarrierStanding, 'breaker' | 'retryAt' | 'stoppedAt'>,
  now: Date,
): boolean => stoppedAt === null && (breaker === 'closed' || now.getTime() >= (retryAt?.getTime() ?? 0));

/** Nothing is bought there until it is let go on by hand. One that is stopped already keeps its time and gets the new reason. */
export function stopByHand(standing: CarrierStanding, reason: string, now: Date): CarrierStanding {
  if (standing.stopReason === reason) return standing;
  return { ...standing, stoppedAt: standing.stoppedAt ?? now, stopReason: reason };
}

/**
 * It is called as ever from now on, whether it was stopped by hand, taken to be down or asked for a pause itself: what was heard of it
 * is forgotten.
 */
export function letGoOn(standing: CarrierStanding, now: Date): CarrierStanding {
  const wantsCalls = (['quote', 'buy'] as const).every((call) => askedOffUntil(standing, call, now) === null);
  if (isCalledAsEver(standing) && wantsCalls) return standing;
  return { ...goodStanding(standing.carrierId, now), letGoAt: now };
}

/** Whether the carrier may be called now. */
export function admitCall(standing: CarrierStanding, rule: BreakerRule, now: Date): Admission {
  if (standing.stoppedAt !== null) return { kind: 'hold', until: after(now, STOPPED_LOOK_MS) };
  if (standing.breaker === 'closed') return { kind: 'call' };
  if (mayBeTried(standing, now)) {
    const probing = { ...standing, breaker: 'half_open', retryAt: after(now, rule.probeMs) } as const;
    return { kind: 'probe', standing: { ...probing, since: standing.breaker === 'open' ? now : standing.since } };
  }
  const retryAt = standing.retryAt?.getTime() ?? 0;
  const until = standing.breaker === 'open' ? retryAt : Math.min(retryAt, now.getTime() + LOOK_AGAIN_MS);
  return { kind: 'hold', until: new Date(until) };
}

/**
 * Takes in what calls came to. Only a try closes what is open: other answers belong to calls that left before it opened, and so do
 * failures, which then say nothing new.
 */
export function afterCalls(
  standing: CarrierStanding,
  call: JudgedCall,
  heard: CallsHeard,
  rule: BreakerRule,
  now: Date,
): CarrierStanding {
  if (standing.breaker !== 'closed') return standing;
  const slid = slide(standing, rule, now);
  const before = slid.tallies[call];
  const tally: CallTally = {
    ...before,
    failuresInRow: heard.answered > 0 ? heard.failedLast : before.failuresInRow + heard.failedLast,
    calls: before.calls + heard.answered + heard.failed,
    failures: before.failures + heard.failed,
  };
  const next = { ...slid, tallies: { ...slid.tallies, [call]: tally } };
  return heard.failed > 0 && isBad(tally, rule) ? opened(next, rule, now) : next;
}

/** Takes in what the try came to. */
export function afterProbe(
  standing: CarrierStanding,
  answered: boolean,
  rule: BreakerRule,
  now: Date,
): CarrierStanding {
  if (standing.breaker === 'closed') return standing;
  if (answered) {
    const good = goodStanding(standing.carrierId, now);
    return { ...good, openings: standing.openings, ...keptOf(standing) };
  }
  // A late word of a try that was given up, and the next pause runs already.
  return standing.breaker === 'open' ? standing : opened(standing, rule, now);
}

/** Whether answers are worth noting: as long as nothing fails they are not. */
export function isTroubled(standing: CarrierStanding, rule: BreakerRule, now: Date): boolean {
  if (standing.breaker !== 'closed') return true;
  const { quote, buy } = slide(standing, rule, now).tallies;
  return [quote, buy].some((tally) => tally.failuresInRow + tally.failures + tally.failuresBefore > 0);
}

/** Milliseconds for which it stays open at its nth opening, from 1. */
export const pauseOf = (openings: number, rule: Pick<BreakerRule, 'pauseMs' | 'longestPauseMs'>): number =>
  Math.min(rule.pauseMs * 2 ** Math.min(openings - 1, 20), rule.longestPauseMs);

function opened(standing: CarrierStanding, rule: BreakerRule, now: Date): CarrierStanding {
  const calmMs = standing.breaker === 'closed' ? now.getTime() - standing.since.getTime() : 0;
  const openings = calmMs > 2 * pauseOf(standing.openings + 1, rule) ? 1 : standing.openings + 1;
  const retryAt = after(now, pauseOf(openings, rule));
  return { ...goodStanding(standing.carrierId, now), breaker: 'open', openings, retryAt, ...keptOf(standing) };
}

/** What no breaker touches: what people did, and what the carrier asked for. */
const keptOf = ({ stoppedAt, stopReason, letGoAt, noQuotesBefore, noPurchasesBefore }: CarrierStanding) => ({
  stoppedAt,
  stopReason,
  letGoAt,
  noQuotesBefore,
  noPurchasesBefore,
});

function isBad(tally: CallTally, rule: BreakerRule): boolean {
  const calls = tally.calls + tally.callsBefore;
  const failures = tally.failures + tally.failuresBefore;
  if (tally.failuresInRow >= rule.failuresInRow) return true;
  return calls >= rule.leastCalls && failures >= calls * rule.failureShare;
}

/** Ends periods that are over. */
function slide(standing: CarrierStanding, rule: BreakerRule, now: Date): CarrierStanding {
  const passed = Math.floor((now.getTime() - standing.periodFrom.getTime()) / rule.periodMs);
  if (passed < 1) return standing;
  const slid = ({ failuresInRow, calls, failures }: CallTally): CallTally =>
    passed === 1
      ? { failuresInRow, calls: 0, failures: 0, callsBefore: calls, failuresBefore: failures }
      : { ...nothing, failuresInRow };
  const { quote, buy } = standing.tallies;
  const periodFrom = after(standing.periodFrom, passed * rule.periodMs);
  return { ...standing, periodFrom, tallies: { quote: slid(quote), buy: slid(buy) } };
}

const after = (at: Date, ms: number): Date => new Date(at.getTime() + ms);
