import type { JobContract } from '@ge/contracts';
import type { MessageRow, Settled, Transaction } from '@ge/database';
import type { Delivery, Settlement } from '@ge/queue';
import { failpoint, poisonpoint } from '../failpoint.ts';
import { type Settling, settleWithSubjects } from './burial.ts';
import { endingOf, settlementOf } from './ending.ts';
import { describeFailure, isPassing } from './failure.ts';
import type { Claim, Job } from './handler.ts';
import type { Verdict } from './outcome.ts';
import { rowSetsOf } from './rowSet.ts';
import { type Holding, takeDeliveries } from './takeDeliveries.ts';

/** load → decide → save, where a decision may also ask for a call outside the database. */
export interface Steps<Intent> extends Settling {
  load(tx: Transaction, jobs: readonly Job[], now: Date, othersWait: boolean): Promise<unknown>;
  decide(job: Job, state: unknown, now: Date): Claim<Intent>;
  save(tx: Transaction, state: unknown, now: Date): Promise<void>;
  /** Jobs without a row are written down as messages instead of being run. */
  readonly adopt: boolean;
}

/** A call outside the database that is to be made once its claim is committed. */
export interface PlannedCall<Intent> {
  readonly delivery: Delivery;
  readonly job: Job;
  readonly intent: Intent;
  readonly beginBy: number;
}

export interface BatchResult<Intent> {
  /** What was this transaction's to run. */
  readonly held: readonly Holding[];
  readonly settlements: Map<Delivery, Settlement>;
  readonly calls: readonly PlannedCall<Intent>[];
  /** What became of its messages, for the metrics. */
  readonly settled: readonly Settled[];
}

/** What a batch is told of its surroundings. */
export interface Company {
  readonly othersWait: () => boolean;
  /** Whether a job that is to continue may do so at once, without coming back through the queue. */
  readonly mayGoOn: () => boolean;
}

/** One batch in one transaction: take the tokens → parse → load → decide in id order → save → settle. */
export async function runInTransaction<Intent>(
  tx: Transaction,
  steps: Steps<Intent>,
  deliveries: readonly Delivery[],
  now: Date,
  { othersWait, mayGoOn }: Company,
): Promise<BatchResult<Intent>> {
  const { held, settlements } = await takeDeliveries(tx, steps.contract, deliveries, { now, adopt: steps.adopt });
  const settled: Settled[] = [];
  const calls: PlannedCall<Intent>[] = [];
  failpoint('batch.taken', steps.contract.name);

  const finish = (delivery: Delivery, job: Pick<Job, 'message'>, verdict: Verdict): void => {
    const ended = endingOf(verdict.outcome, job.message, steps.contract, now);
    const ending = ended.kind === 'continue' ? { ...ended, keepsTurn: delivery.pointer !== null && mayGoOn() } : ended;
    settled.push({
      message: job.message,
      ending,
      followUps: verdict.followUps ?? [],
      progress: verdict.progress ?? null,
    });
    settlements.set(delivery, settlementOf(ending));
  };

  const jobs = new Map<Delivery, Job>();
  for (const { delivery, message } of held) {
    const job = parse(steps.contract, message);
    if (message.cancelReason !== null)
      finish(delivery, { message }, { outcome: { kind: 'cancel', reason: message.cancelReason } });
    else if (message.deadlineAt && message.deadlineAt < now)
      finish(delivery, { message }, { outcome: { kind: 'dead', reason: 'its deadline passed' } });
    else if ('problem' in job) finish(delivery, { message }, { outcome: { kind: 'dead', reason: job.problem } });
    else jobs.set(delivery, job);
  }

  if (jobs.size > 0) {
    const state = await steps.load(tx, [...jobs.values()], now, othersWait());
    const rowSets = rowSetsOf(state);
    for (const [delivery, job] of jobs) {
      for (const rows of rowSets) rows.mark();
      let claim: Claim<Intent>;
      try {
        poisonpoint(job.payload, steps.contract.name);
        claim = steps.decide(job, state, now);
      } catch (error) {
        if (isPassing(error)) throw error;
        for (const rows of rowSets) rows.revert();
        claim = { kind: 'settle', verdict: { outcome: { kind: 'retry', reason: describeFailure(error) } } };
      }
      if (claim.kind === 'call') calls.push({ delivery, job, intent: claim.intent, beginBy: claim.beginBy });
      else if (claim.kind === 'busy') settlements.set(delivery, { kind: 'later', ms: 1_000 });
      else finish(delivery, job, claim.verdict);
    }
    await steps.save(tx, state, now);
  }
  failpoint('batch.saved', steps.contract.name);
  if (settled.length > 0) await settleWithSubjects(tx, steps, settled, now);
  failpoint('batch.written', steps.contract.name);
  return { held, settlements, calls, settled };
}

/** Settles one message whose batch cannot be committed with it: it costs an attempt, and nothing else is written. */
export async function settleAsFailed(
  tx: Transaction,
  steps: Settling & Pick<Steps<unknown>, 'adopt'>,
  delivery: Delivery,
  error: unknown,
  now: Date,
): Promise<BatchResult<never>> {
  const { held, settlements } = await takeDeliveries(tx, steps.contract, [delivery], { now, adopt: steps.adopt });
  const settled: Settled[] = [];
  for (const { message } of held) {
    const charged = await charge(tx, steps, message, error, now);
    settled.push(charged);
    settlements.set(delivery, settlementOf(charged.ending));
  }
  return { held, settlements, calls: [], settled };
}

/** Lets a failure cost a message an attempt: it comes back, or is dead. Returns what became of it. */
export async function charge(
  tx: Transaction,
  settling: Settling,
  message: MessageRow,
  error: unknown,
  now: Date,
): Promise<Settled> {
  const ending = endingOf({ kind: 'retry', reason: describeFailure(error) }, message, settling.contract, now);
  const settled = { message, ending, followUps: [], progress: null };
  await settleWithSubjects(tx, settling, [settled], now);
  return settled;
}

const issuesTold = 10;

function parse(contract: JobContract, message: Job['message']): Job | { problem: string } {
  const payload = contract.payload.safeParse(message.payload);
  if (!payload.success) {
    const issues = payload.error.issues.map((issue) => `/${issue.path.join('/')} ${issue.code}`);
    // A payload may be wrong in a million places; whoever reads the reason needs the first of them.
    const more = issues.length > issuesTold ? `, and ${issues.length - issuesTold} more` : '';
    return {
      problem: `its payload does not fit ${contract.name}: ${issues.slice(0, issuesTold).join(', ')}${more}`,
    };
  }
  const cursor =
    message.cursor === null || !contract.cursor
      ? { success: true as const, data: message.cursor }
      : contract.cursor.safeParse(message.cursor);
  if (!cursor.success) return { problem: `its cursor does not fit ${contract.name}` };
  return { payload: payload.data as Job['payload'], cursor: cursor.data as Job['cursor'], message };
}
