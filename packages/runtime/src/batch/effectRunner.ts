import { type MessageRow, type Outgoing, relockMessages, type Settled, type Transaction } from '@ge/database';
import type { Delivery, Settlement } from '@ge/queue';
import { failpoint } from '../failpoint.ts';
import { BatchRunner, type RunnerContext, type Settlements } from './batchRunner.ts';
import { settleWithSubjects } from './burial.ts';
import { Collector } from './collector.ts';
import { endingOf, settlementOf } from './ending.ts';
import { describeFailure, isPassing } from './failure.ts';
import type { AnyEffectHandler, Called, CallResult } from './handler.ts';
import type { Verdict } from './outcome.ts';
import { Places } from './places.ts';
import { rowSetsOf } from './rowSet.ts';
import { type BatchResult, charge, type PlannedCall } from './transact.ts';

// biome-ignore lint/suspicious/noExplicitAny: the handler's own types meet here; they are checked where it is declared
type AnyCalled = Called<any, any, any>;

interface Answer {
  readonly delivery: Delivery;
  readonly called: AnyCalled;
}

interface Written {
  readonly settlements: Map<Answer, Settlement>;
  /** What became of their messages, for the metrics. */
  readonly settled: readonly Settled[];
}

/**
 * How long answers wait for company while others are being written, in milliseconds: nobody waits for them, and two small
 * transactions cost more than a big one. One that waits for a lock holds up the others no longer than that.
 */
const companyMs = 50;

/** The runner of jobs with an effect outside the database: T1 (claim) → call → T2 (result). */
export class EffectRunner extends BatchRunner<unknown> {
  readonly #handler: AnyEffectHandler;
  readonly #answers: Collector<Answer, Settlement>;
  readonly #places: Places;

  constructor(context: RunnerContext, handler: AnyEffectHandler) {
    super(context, {
      contract: handler.contract,
      onDead: handler.onDead,
      onCancelled: handler.onCancelled,
      logger: context.logger,
      adopt: true,
      load: (tx, jobs, now) => handler.claim.load(tx, jobs, now),
      decide: (job, state, now) => handler.claim.decide(job, state, now),
      save: (tx, state, now) => handler.claim.save(tx, state, now),
    });
    this.#handler = handler;
    this.#places = new Places(handler.callsInFlight);
    this.#answers = new Collector({
      batchSize: handler.contract.options.batchSize,
      inFlight: context.batchesInFlight,
      lingerMs: Math.max(context.lingerMs, companyMs),
      run: (answers) => this.#settleAnswers(answers),
    });
  }

  /** The next batch is claimed once the calls of this one have begun: their answers may take long, and nothing waits for them. */
  protected override async complete({ calls, settlements }: BatchResult<unknown>): Promise<Settlements> {
    if (calls.length > 0) failpoint('effect.claimed', this.#handler.contract.name);
    const all: Settlements = new Map(settlements);
    await Promise.all(
      calls.map(async (planned) => {
        await this.#places.take();
        const settlement = this.#carryOut(planned);
        // Whoever waits for it hears of a failure; it may come before anybody does.
        settlement.catch(() => undefined);
        all.set(planned.delivery, settlement);
      }),
    );
    return all;
  }

  async #carryOut({ delivery, job, intent, beginBy }: PlannedCall<unknown>): Promise<Settlement> {
    const called: AnyCalled = { job, intent, result: await this.#call(intent, beginBy) };
    failpoint('effect.called', this.#handler.contract.name);
    return this.#answers.add({ delivery, called });
  }

  /** Gives its place back, whatever comes of the call. */
  async #call(intent: unknown, beginBy: number): Promise<CallResult<unknown>> {
    try {
      if (performance.now() > beginBy || this.context.stopping.aborted) return { kind: 'not_begun' };
      return { kind: 'answered', value: await this.#handler.call(intent, beginBy) };
    } catch (error) {
      return { kind: 'threw', error };
    } finally {
      this.#places.giveBack();
    }
  }

  async #settleAnswers(answers: readonly Answer[]): Promise<Map<Answer, Settlement>> {
    try {
      const { settlements, settled } = await this.patiently(() =>
        this.context.database.transaction((tx) => this.#write(tx, answers)),
      );
      failpoint('effect.settled', this.#handler.contract.name);
      this.context.metrics.settled(this.#handler.contract, settled);
      return settlements;
    } catch (error) {
      // The message stays owed either way: its next run finds the intent as sent and looks it up.
      if (isPassing(error) && this.context.stopping.aborted)
        return new Map(answers.map((answer) => [answer, { kind: 'later', ms: 5_000 }]));
      if (answers.length === 1) {
        this.context.logger.error(
          { job: this.#handler.contract.name, failure: describeFailure(error) },
          'a result could not be written',
        );
        return this.#failAnswer(answers[0]!, error);
      }
      const half = Math.ceil(answers.length / 2);
      return new Map([
        ...(await this.#settleAnswers(answers.slice(0, half))),
        ...(await this.#settleAnswers(answers.slice(half))),
      ]);
    }
  }

  /** A result that cannot be written costs its message an attempt, so that it does not come back for ever. */
  async #failAnswer(answer: Answer, error: unknown): Promise<Map<Answer, Settlement>> {
    const settled = await this.patiently(() =>
      this.context.database.transaction(async (tx) => {
        const [message] = (await relockTurns(tx, [answer])).values();
        return message ? charge(tx, this.steps, message, error, this.context.clock.now()) : null;
      }),
    );
    if (!settled) return new Map([[answer, { kind: 'settled' }]]);
    this.context.metrics.settled(this.#handler.contract, [settled]);
    return new Map([[answer, settlementOf(settled.ending)]]);
  }

  async #write(tx: Transaction, answers: readonly Answer[]): Promise<Written> {
    const now = this.context.clock.now();
    const { settle, contract } = this.#handler;
    // Whoever has the message now: the fence decides about the result and what follows from it, the row about the message.
    const rows = await relockTurns(tx, answers);
    const alsoFollowing: Outgoing[] = [];
    const state = await settle.load(
      tx,
      answers.map(({ called }) => called),
      now,
    );
    const settled: Settled[] = [];
    const settlements = new Map<Answer, Settlement>();
    for (const answer of [...answers].sort((a, b) => a.called.job.message.id - b.called.job.message.id)) {
      const verdict = this.#decide(answer, state, now);
      const message = rows.get(answer.called.job.message.id);
      if (!message) {
        alsoFollowing.push(...(verdict.followUps ?? []));
        settlements.set(answer, { kind: 'settled' });
        continue;
      }
      const ending = endingOf(verdict.outcome, message, contract, now);
      settled.push({ message, ending, followUps: verdict.followUps ?? [], progress: verdict.progress ?? null });
      settlements.set(answer, settlementOf(ending));
    }
    await settle.save(tx, state, now);
    await settleWithSubjects(tx, this.steps, settled, now, alsoFollowing);
    failpoint('effect.written', this.#handler.contract.name);
    return { settlements, settled };
  }

  #decide(answer: Answer, state: unknown, now: Date): Verdict {
    const rowSets = rowSetsOf(state);
    for (const set of rowSets) set.mark();
    try {
      return this.#handler.settle.decide(answer.called, state, now);
    } catch (error) {
      for (const set of rowSets) set.revert();
      return { outcome: { kind: 'retry', reason: describeFailure(error) } };
    }
  }
}

/** Locks the messages of these answers that are still owed under the turn they were claimed in, by id. */
async function relockTurns(tx: Transaction, answers: readonly Answer[]): Promise<Map<number, MessageRow>> {
  const rows = await relockMessages(
    tx,
    answers.map(({ called }) => called.job.message),
  );
  return new Map(rows.map((row) => [row.id, row]));
}
