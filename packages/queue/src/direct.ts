import { type DirectJobEnvelope, directJobEnvelope, type JobContract, type PayloadOf } from '@ge/contracts';
import { Queue } from 'bullmq';
import { connected, prefixOf, type QueueConnection, type QueueSpace } from './connection.ts';

/**
 * Puts a job straight into BullMQ: no database needed on the producer's side, and only as durable as that Redis.
 * `key` is the job's identity: the same key on the same day takes effect once. Throws within seconds when Redis is away;
 * whether the job arrived may then be unknown, and sending it again under its key does no harm.
 */
export async function sendDirect<C extends JobContract>(
  space: QueueSpace,
  connection: QueueConnection,
  contract: C,
  job: { readonly key: string; readonly sellerId: string; readonly payload: PayloadOf<C>; readonly now: Date },
): Promise<void> {
  const envelope: DirectJobEnvelope = directJobEnvelope.parse({
    v: 1,
    key: job.key,
    day: job.now.toISOString().slice(0, 10),
    sellerId: job.sellerId,
    payload: contract.payload.parse(job.payload),
  });
  await connected(connection);
  const queue = new Queue(contract.queue, {
    connection,
    prefix: prefixOf(space, contract.queue),
    skipVersionCheck: true,
  });
  try {
    await queue.add(contract.name, envelope, { attempts: 1, removeOnComplete: true });
  } finally {
    await queue.close();
  }
}
