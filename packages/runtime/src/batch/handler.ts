import type { JobContract, PayloadOf } from '@ge/contracts';
import type { MessageRow, Outgoing, Transaction } from '@ge/database';
import type { z } from 'zod';
import type { Verdict } from './outcome.ts';

type CursorOf<C> = C extends { cursor?: infer Cursor }
  ? Cursor extends z.ZodType
    ? z.infer<Cursor>
    : unknown
  : unknown;

/** One job of a batch: its parsed payload and the row it came from. */
export interface Job<C extends JobContract = JobContract> {
  readonly payload: PayloadOf<C>;
  /** Where the last slice ended; null on the first. */
  readonly cursor: CursorOf<C> | null;
  readonly message: MessageRow;
}

/** A message that is about to be dead, or was cancelled. Its payload may not fit the contract: that may be why. */
export interface DeadMessage {
  readonly message: MessageRow;
  readonly reason: string;
}

/**
 * Frees what dead messages were about, in the transaction that buries them, so that nothing waits for a job that will
 * never run. Finds its subjects as `save` left them, locks them itself, and returns what is to follow.
 */
export type OnDead = (tx: Transaction, dead: readonly DeadMessage[], now: Date) => Promise<readonly Outgoing[]>;

/** load → decide → save over a batch: the three steps of every database-only job. */
export interface BatchHandler<C extends JobContract = JobContract, State = unknown> {
  readonly contract: C;
  /**
   * Locks and reads what the jobs need: one locking query per table, in the fleet's lock order. `othersWait`: somebody else
   * is at work in this process or waits for it, so that a slice is better a short one.
   */
  load(tx: Transaction, jobs: readonly Job<C>[], now: Date, othersWait: boolean): Promise<State>;
  /** Pure over the evolving state, once per job in id order. A throw concerns this job only. */
  decide(job: Job<C>, state: State, now: Date): Verdict;
  /** One write per table. */
  save(tx: Transaction, state: State, now: Date): Promise<void>;
  readonly onDead?: OnDead;
  /** The same for messages that operations cancelled; `onDead` where it says nothing else. */
  readonly onCancelled?: OnDead;
}

/** What a claim says: make this call, leave the job to whoever is at it, or a verdict without any call. */
export type Claim<Intent> =
  /** `beginBy`: by `performance.now()`; begun later, the call could outlast the claim it is made under. */
  | { readonly kind: 'call'; readonly intent: Intent; readonly beginBy: number }
  | { readonly kind: 'busy' }
  | { readonly kind: 'settle'; readonly verdict: Verdict };

/** A claim that ends without a call. */
export const settle = (verdict: Verdict): Claim<never> => ({ kind: 'settle', verdict });

/**
 * A job with an effect outside the database: T1 claims and writes down the intent, then the call, then T2 writes what
 * came of it where the fence still holds; only then is the message finished.
 */
export interface EffectHandler<
  C extends JobContract = JobContract,
  ClaimState = unknown,
  Intent = unknown,
  Result = unknown,
  ResultState = unknown,
> {
  readonly contract: C;
  /** Calls under way at once in this process. */
  readonly callsInFlight: number;
  readonly claim: {
    load(tx: Transaction, jobs: readonly Job<C>[], now: Date): Promise<ClaimState>;
    decide(job: Job<C>, state: ClaimState, now: Date): Claim<Intent>;
    save(tx: Transaction, state: ClaimState, now: Date): Promise<void>;
  };
  /**
   * Never throws for what the other side answers; a throw is written down as an unknown outcome by `settle`. Once begun it is
   * never cut short, not even by a stop: its answer is worth waiting for. `beginBy` as the claim named it: whoever waits for
   * something first has to begin by then.
   */
  call(intent: Intent, beginBy: number): Promise<Result>;
  readonly settle: {
    load(tx: Transaction, calls: readonly Called<C, Intent, Result>[], now: Date): Promise<ResultState>;
    decide(called: Called<C, Intent, Result>, state: ResultState, now: Date): Verdict;
    save(tx: Transaction, state: ResultState, now: Date): Promise<void>;
  };
  readonly onDead?: OnDead;
  /** The same for messages that operations cancelled; `onDead` where it says nothing else. */
  readonly onCancelled?: OnDead;
}

/** What a call brought: its result, what it threw, or that it never left, since its time was up or the service is to stop. */
export type CallResult<Result> =
  | { readonly kind: 'answered'; readonly value: Result }
  | { readonly kind: 'threw'; readonly error: unknown }
  | { readonly kind: 'not_begun' };

export interface Called<C extends JobContract, Intent, Result> {
  readonly job: Job<C>;
  readonly intent: Intent;
  readonly result: CallResult<Result>;
}

// biome-ignore lint/suspicious/noExplicitAny: a list of handlers holds many contracts and states; each one is checked where it is declared
export type AnyBatchHandler = BatchHandler<any, any>;
// biome-ignore lint/suspicious/noExplicitAny: as above
export type AnyEffectHandler = EffectHandler<any, any, any, any, any>;
export type AnyHandler = AnyBatchHandler | AnyEffectHandler;

/** Declares a database-only handler; the types follow from its contract and from what `load` returns. */
export const batchHandler = <C extends JobContract, State>(handler: BatchHandler<C, State>): BatchHandler<C, State> =>
  handler;

/** Declares a handler with an effect outside the database. */
export const effectHandler = <C extends JobContract, ClaimState, Intent, Result, ResultState>(
  handler: EffectHandler<C, ClaimState, Intent, Result, ResultState>,
): EffectHandler<C, ClaimState, Intent, Result, ResultState> => handler;

export const isEffectHandler = (handler: AnyHandler): handler is AnyEffectHandler => 'claim' in handler;
