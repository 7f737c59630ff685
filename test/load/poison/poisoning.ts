import { assignSkus, deactivateTemplate, type JobContract } from '@ge/contracts';
import type { Database } from '@ge/database';
import type { SellerId } from '@ge/domain';
import type { DirectJobs } from '../fleet/directJobs.ts';
import type { FleetUnderLoad } from '../fleet/fleetUnderLoad.ts';
import { takenOrBusy } from '../fleet/sending.ts';
import type { Outcome, Start } from '../generator/generator.ts';
import { inTurn, type PoisonFound, type PoisonKind, poisonKinds } from './kinds.ts';
import { poisonedRequest } from './requests.ts';

/** How one piece of poison ended. */
interface Ended {
  readonly kind: PoisonKind;
  readonly subject: string;
  readonly asItMust: boolean;
  /** The reason given, or what was found instead. */
  readonly found: string;
}

const amissKept = 5;

/** What a dead message must say of itself. */
const reasons: Readonly<Partial<Record<PoisonKind, RegExp>>> = {
  'malformed message': /^its payload does not fit /,
  'oversized message': /^its payload does not fit /,
  throws: /poison: it throws/,
  kills: /processes died while they ran it alone/,
};

/** Puts poison among the work of a fleet, and finds out afterwards what has become of every piece of it. */
export class Poisoning {
  readonly #database: Database;
  readonly #directJobs: DirectJobs;
  readonly #gateway: FleetUnderLoad['gateway'];
  readonly #kinds = inTurn();
  readonly #messages = new Map<string, PoisonKind>();
  readonly #jobs = new Map<string, { readonly kind: PoisonKind; readonly queue: string }>();
  readonly #requests: Ended[] = [];
  #sent = 0;

  constructor(database: Database, gateway: FleetUnderLoad['gateway'], directJobs: DirectJobs) {
    this.#database = database;
    this.#gateway = gateway;
    this.#directJobs = directJobs;
  }

  /** Ids of the messages sent so far. */
  get messages(): readonly string[] {
    return [...this.#messages.keys()];
  }

  /** Sends the next kind in turn, in this seller's name. What the database or Redis is too busy to take was not sent. */
  async send(sellerId: SellerId): Promise<Pick<Start, 'outcome' | 'why'>> {
    const sent = await takenOrBusy(this.#send(sellerId));
    return typeof sent === 'string' ? { outcome: sent } : { outcome: 'overloaded', why: sent.busy };
  }

  async #send(sellerId: SellerId): Promise<Outcome> {
    const kind = this.#kinds.next().value;
    this.#sent += 1;
    const subject = `request ${this.#sent}`;
    switch (kind) {
      case 'malformed request':
      case 'oversized request': {
        const { refused, said } = await poisonedRequest(this.#gateway, sellerId, kind);
        this.#requests.push({ kind, subject, asItMust: refused, found: said });
        return refused ? 'refused' : 'accepted';
      }
      case 'malformed job':
        await this.#job(kind, assignSkus, malformed[this.#sent % malformed.length]);
        return 'accepted';
      case 'oversized job':
        await this.#job(kind, deactivateTemplate, { v: 1, key: 'poison', sellerId, payload: 'x'.repeat(1_000_000) });
        return 'accepted';
      case 'malformed message':
        await this.#message(kind, deactivateTemplate, sellerId, malformed[this.#sent % malformed.length]);
        return 'accepted';
      case 'oversized message': {
        const items = Array.from({ length: 20_000 }, (_, no) => ({ sku: `K-${no}`, template: { id: 7 } }));
        await this.#message(kind, assignSkus, sellerId, { sellerId, commandNo: 0, items });
        return 'accepted';
      }
      default: {
        const text = `poison:${kind}`;
        if (this.#sent % 2 === 0)
          await this.#message(kind, deactivateTemplate, sellerId, { sellerId, templateId: text, commandNo: 0 });
        else {
          const items = [{ sku: text, template: { id: 'none' } }];
          await this.#message(kind, assignSkus, sellerId, { sellerId, commandNo: 0, items });
        }
        return 'accepted';
      }
    }
  }

  /** Makes what is to be tried again later due now: eight attempts take two minutes otherwise. */
  async hasten(): Promise<void> {
    if (this.#messages.size === 0) return;
    await this.#database.query(
      `update messages set due_at = now() where id = any($1::bigint[]) and state = 'ready' and due_at > now()`,
      [this.messages],
    );
  }

  /** What has become of it; to be asked once nothing is owed. */
  async found(): Promise<PoisonFound[]> {
    const ended = [...this.#requests, ...(await this.#endedJobs()), ...(await this.#endedMessages())];
    const byKind = Map.groupBy(ended, ({ kind }) => kind);
    return (Object.keys(poisonKinds) as PoisonKind[]).flatMap((kind) => {
      const all = byKind.get(kind);
      return all ? [summed(kind, all)] : [];
    });
  }

  async #message(kind: PoisonKind, { queue, name }: JobContract, sellerId: SellerId, payload: unknown): Promise<void> {
    const rows = await this.#database.query<{ id: string }>(
      'insert into messages (queue, name, seller_id, payload) values ($1, $2, $3, $4::jsonb) returning id',
      [queue, name, sellerId, JSON.stringify(payload)],
    );
    this.#messages.set(String(rows[0]!.id), kind);
  }

  async #job(kind: PoisonKind, contract: JobContract, data: unknown): Promise<void> {
    const id = await this.#directJobs.sendAnything(contract, data);
    this.#jobs.set(`${contract.queue} ${id}`, { kind, queue: contract.queue });
  }

  async #endedJobs(): Promise<Ended[]> {
    const ended: Ended[] = [];
    for (const [queue, jobs] of Map.groupBy(this.#jobs, ([, job]) => job.queue)) {
      const ids = jobs.map(([subject]) => subject.slice(queue.length + 1));
      const failures = await this.#directJobs.failures(queue, ids);
      for (const [index, [subject, { kind }]] of jobs.entries()) {
        const reason = failures.get(ids[index]!) ?? null;
        ended.push({ kind, subject, asItMust: reason !== null, found: reason ?? 'not shown as failed' });
      }
    }
    return ended;
  }

  async #endedMessages(): Promise<Ended[]> {
    const rows = await this.#database.query<{ id: string; state: string | null; reason: string; ends: number }>(
      `select given.id, m.state, coalesce(m.last_error, '') as reason,
              (select count(*)::int from message_log l where l.message_id = given.id and l.outcome in ('done', 'cancel')) as ends
         from unnest($1::bigint[]) as given(id) left join messages m on m.id = given.id`,
      [this.messages],
    );
    return rows.map(({ id, state, reason, ends }) => {
      const kind = this.#messages.get(String(id))!;
      const asItMust =
        kind === 'blocks' ? state === null && ends === 1 : state === 'dead' && reasons[kind]!.test(reason);
      const found =
        state === null
          ? ends === 1
            ? 'ended once'
            : `ended ${ends} times`
          : state === 'dead'
            ? reason
            : `${state}: ${reason}`;
      return { kind, subject: `message ${id}`, asItMust, found };
    });
  }
}

const malformed: readonly unknown[] = [{}, { sellerId: 7, items: 'none' }, [], 'text', { surplus: true }];

function summed(kind: PoisonKind, all: readonly Ended[]): PoisonFound {
  const counted: Record<string, number> = {};
  for (const { found } of all) counted[found] = (counted[found] ?? 0) + 1;
  const amiss = all.filter(({ asItMust }) => !asItMust).map(({ subject, found }) => ({ subject, found }));
  return {
    kind,
    ...poisonKinds[kind],
    sent: all.length,
    accounted: all.length - amiss.length,
    reasons: counted,
    amiss: amiss.slice(0, amissKept),
  };
}
