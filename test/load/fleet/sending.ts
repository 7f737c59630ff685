import { ApiProblem, type Client } from '@ge/api';
import type { Command, Journal } from '@ge/audit';
import type { JobContract } from '@ge/contracts';
import type { SellerId } from '@ge/domain';
import { isPassing } from '@ge/runtime';
import type { Outcome } from '../generator/generator.ts';
import type { Market } from '../market/market.ts';
import type { DirectJobs } from './directJobs.ts';

/** How often the same call is sent: once, or as a client does that does not trust the network. */
export type Repeats = () => number;

interface Answered {
  readonly operationId?: string | null;
}

/** Calls whose answer never came, by Idempotency-Key: what is heard when they are made again says what became of them. */
export type Unanswered = Map<string, () => Promise<object>>;

/**
 * The calls of one start. Keeps the worst of what became of them, and writes down what was accepted: once, however often it
 * was sent, under one Idempotency-Key.
 */
export class Sending {
  readonly client: Client;
  readonly market: Market;
  readonly nextOrderId: () => string;
  outcome: Outcome = 'accepted';
  /** Why it was not accepted: the code of the problem, or what kept the answer away; null where it was. */
  why: string | null = null;
  readonly #journal: Journal;
  readonly #intendedAt: number;
  readonly #repeats: Repeats;
  readonly #busy: Map<string, Promise<unknown>>;
  readonly #directJobs: DirectJobs | null;
  readonly #unanswered: Unanswered;

  constructor(shared: {
    readonly client: Client;
    readonly market: Market;
    readonly journal: Journal;
    readonly nextOrderId: () => string;
    readonly repeats: Repeats;
    readonly busy: Map<string, Promise<unknown>>;
    readonly directJobs: DirectJobs | null;
    readonly unanswered: Unanswered;
    /** In milliseconds since 1970. */
    readonly intendedAt: number;
  }) {
    this.client = shared.client;
    this.market = shared.market;
    this.nextOrderId = shared.nextOrderId;
    this.#journal = shared.journal;
    this.#intendedAt = shared.intendedAt;
    this.#repeats = shared.repeats;
    this.#busy = shared.busy;
    this.#directJobs = shared.directJobs;
    this.#unanswered = shared.unanswered;
  }

  /** A command. `asCommand` gets null when no answer came. Resolves null unless it was accepted. */
  async send<T extends object>(
    call: (idempotencyKey: string) => Promise<T>,
    asCommand: (answer: T | null) => Command,
  ): Promise<T | null> {
    const idempotencyKey = crypto.randomUUID();
    const sentAt = Date.now();
    const tries = await Promise.allSettled(Array.from({ length: this.#repeats() }, () => call(idempotencyKey)));
    const good = tries.find((one) => one.status === 'fulfilled');
    const entry = {
      door: { by: 'api' as const, idempotencyKey },
      commandNo: null,
      intendedAt: this.#intendedAt,
      sentAt,
      answeredAt: Date.now(),
    };
    if (good) {
      const operationId = (good.value as Answered).operationId ?? null;
      this.#journal.add({ ...entry, answer: 'accepted', operationId, command: asCommand(good.value) });
      return good.value;
    }
    const errors = tries.map((one) => (one as PromiseRejectedResult).reason as unknown);
    this.outcome = worst(errors.map(outcomeOf));
    this.why = reasonOf(errors.find((error) => outcomeOf(error) === this.outcome));
    if (this.outcome !== 'maybe') return null;
    this.#unanswered.set(idempotencyKey, () => call(idempotencyKey));
    this.#journal.add({ ...entry, answer: 'maybe', operationId: null, command: asCommand(null) });
    return null;
  }

  /** A job straight into BullMQ, `times` times under its key; its payload is made with the command's number. */
  async direct(
    contract: JobContract,
    sellerId: SellerId,
    times: number,
    payloadOf: (commandNo: number) => object,
    command: Command,
  ): Promise<void> {
    const [sentAt, now, key] = [Date.now(), new Date(), crypto.randomUUID()];
    const jobs = this.#directJobs!;
    const commandNo = await takenOrBusy(jobs.drawCommandNo(sellerId));
    if (typeof commandNo !== 'number') {
      this.outcome = 'overloaded';
      this.why = commandNo.busy;
      return;
    }
    const job = { key, sellerId, now, payload: payloadOf(commandNo) };
    this.outcome = await jobs.send(contract, job, times).then(
      () => 'accepted' as const,
      () => 'maybe' as const,
    );
    this.#journal.add({
      intendedAt: this.#intendedAt,
      sentAt,
      answeredAt: Date.now(),
      answer: this.outcome === 'maybe' ? 'maybe' : 'accepted',
      door: { by: 'direct', key, day: now.toISOString().slice(0, 10) },
      operationId: null,
      commandNo,
      command,
    });
  }

  /** A question: nothing is written down. Resolves null where it was not answered. */
  async ask<T>(call: () => Promise<T>): Promise<T | null> {
    try {
      return await call();
    } catch (error) {
      const outcome = outcomeOf(error);
      this.outcome = outcome === 'maybe' ? 'refused' : outcome;
      this.why = reasonOf(error);
      return null;
    }
  }

  /** Nothing else about `subject` is sent before the answer is there. */
  async alone<T>(subject: string, work: () => Promise<T>): Promise<T> {
    const before = this.#busy.get(subject) ?? Promise.resolve();
    const mine = before.then(work, work);
    this.#busy.set(subject, mine);
    try {
      return await mine;
    } finally {
      if (this.#busy.get(subject) === mine) this.#busy.delete(subject);
    }
  }
}

function outcomeOf(error: unknown): Outcome {
  if (!(error instanceof ApiProblem)) return 'maybe';
  const { status } = error.problem;
  if (status === 503 || status === 429) return 'overloaded';
  return status >= 500 ? 'maybe' : 'refused';
}

/** What the fleet's own stores give, or why they are too busy for it now: nobody takes that for a fault of the load. */
export async function takenOrBusy<T>(asked: Promise<T>): Promise<T | { readonly busy: string }> {
  try {
    return await asked;
  } catch (error) {
    if (!isPassing(error)) throw error;
    return { busy: reasonOf(error) };
  }
}

/** A code, never a text: what a fleet says of a seller is nobody's business. */
function reasonOf(error: unknown): string {
  if (error instanceof ApiProblem) return error.problem.errors[0]?.code ?? error.problem.code;
  const { code, name } = ((error as Error).cause ?? error) as { readonly code?: unknown; readonly name?: string };
  return typeof code === 'string' ? code : (name ?? 'no answer');
}

const order: readonly Outcome[] = ['maybe', 'overloaded', 'refused', 'accepted'];
const worst = (outcomes: readonly Outcome[]): Outcome => order.find((one) => outcomes.includes(one)) ?? 'refused';
