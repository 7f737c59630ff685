import { type DirectJobEnvelope, directJobEnvelope, type JobContract, receiptDays } from '@ge/contracts';
import { appendMessages, type MessageRow, type Transaction, takeMessages, takeReceipts } from '@ge/database';
import type { Delivery, Settlement } from '@ge/queue';

/** A delivery that is this transaction's to run. */
export interface Holding {
  readonly delivery: Delivery;
  readonly message: MessageRow;
}

export interface TakenDeliveries {
  /** In id order; jobs without a row come last. */
  readonly held: readonly Holding[];
  /** What the others are told right away. */
  readonly settlements: Map<Delivery, Settlement>;
}

/** How long a delivery stays away whose row is in someone else's hands. */
const busyMs = 1_000;

/**
 * Finds out which deliveries are this transaction's to run. A job without a row is proved new by a receipt; with
 * `adopt` it is not run but written down as a message, for handlers whose effect lies outside the database.
 */
export async function takeDeliveries(
  tx: Transaction,
  contract: JobContract,
  deliveries: readonly Delivery[],
  { now, adopt }: { now: Date; adopt: boolean },
): Promise<TakenDeliveries> {
  const settlements = new Map<Delivery, Settlement>();
  const held: Holding[] = [];

  const byId = new Map<number, Delivery>();
  for (const delivery of deliveries) {
    if (!delivery.pointer) continue;
    const other = byId.get(delivery.pointer.id);
    // Two turns of one message in one batch: only the later one can still be owed.
    if (other && other.pointer!.gen >= delivery.pointer.gen) {
      settlements.set(delivery, { kind: 'settled' });
      continue;
    }
    if (other) settlements.set(other, { kind: 'settled' });
    byId.set(delivery.pointer.id, delivery);
  }
  if (byId.size > 0) {
    const taken = await takeMessages(
      tx,
      contract.name,
      [...byId.values()].map((delivery) => delivery.pointer!),
    );
    for (const message of taken.mine) held.push({ delivery: byId.get(message.id)!, message });
    for (const id of taken.busy) settlements.set(byId.get(id)!, { kind: 'later', ms: busyMs });
    for (const id of taken.gone) settlements.set(byId.get(id)!, { kind: 'settled' });
  }

  const direct = deliveries.filter((delivery) => !delivery.pointer);
  if (direct.length > 0) held.push(...(await takeDirect(tx, contract, direct, settlements, { now, adopt })));
  return { held, settlements };
}

async function takeDirect(
  tx: Transaction,
  contract: JobContract,
  deliveries: readonly Delivery[],
  settlements: Map<Delivery, Settlement>,
  { now, adopt }: { now: Date; adopt: boolean },
): Promise<Holding[]> {
  const fresh = new Map<string, { delivery: Delivery; envelope: DirectJobEnvelope }>();
  for (const delivery of deliveries) {
    const parsed = directJobEnvelope.safeParse(delivery.data);
    if (!parsed.success || !contract.payload.safeParse(parsed.data.payload).success) {
      settlements.set(delivery, { kind: 'failed', reason: 'the job is not a valid envelope for its contract' });
    } else if (daysOld(parsed.data.day, now) >= receiptDays || daysOld(parsed.data.day, now) < -1) {
      settlements.set(delivery, {
        kind: 'failed',
        reason: `the envelope's day is outside the last ${receiptDays} days`,
      });
    } else if (fresh.has(`${parsed.data.day} ${parsed.data.key}`)) {
      settlements.set(delivery, { kind: 'settled' });
    } else {
      fresh.set(`${parsed.data.day} ${parsed.data.key}`, { delivery, envelope: parsed.data });
    }
  }
  const jobs = [...fresh.values()].map((job) => ({ ...job, day: job.envelope.day, key: job.envelope.key }));
  const unseen = jobs.length > 0 ? await takeReceipts(tx, jobs) : [];
  const toRun = unseen.filter(({ delivery }) => !adopt && !delivery.wasAbandoned);
  await appendMessages(
    tx,
    unseen
      .filter((job) => !toRun.includes(job))
      .map(({ envelope }) => ({ contract, payload: envelope.payload, sellerId: envelope.sellerId })),
  );
  for (const { delivery } of jobs) settlements.set(delivery, { kind: 'settled' });
  return toRun.map(({ delivery, envelope }) => ({ delivery, message: rowless(contract, envelope, now) }));
}

const daysOld = (day: string, now: Date): number =>
  Math.floor((now.getTime() - Date.parse(`${day}T00:00:00Z`)) / 86_400_000);

/** The row that a job without one would have; id 0 says that there is none. */
const rowless = (contract: JobContract, envelope: DirectJobEnvelope, now: Date): MessageRow => ({
  id: 0,
  queue: contract.queue,
  name: contract.name,
  sellerId: envelope.sellerId,
  payload: envelope.payload,
  cursor: null,
  operationId: null,
  commandNo: null,
  state: 'ready',
  dueAt: null,
  readyAt: null,
  gen: 0,
  attempts: 0,
  crashes: 0,
  snoozes: 0,
  deadlineAt: null,
  lastError: null,
  fingerprint: null,
  deadAt: null,
  cancelReason: null,
  trace: null,
  createdAt: now,
});
