import { Queue } from 'bullmq';

/**
 * The third way without any package of the fleet, to be written in whatever language speaks BullMQ. The queue's prefix is
 * `{<namespace>:<queue>}`; the job's name and payload are those of docs/jobs.md.
 */
export async function addByHand(
  redis: { readonly url: string; readonly namespace: string },
  order: { readonly sellerId: string; readonly orderId: string },
  key: string,
): Promise<void> {
  const queue = new Queue('label-purchase', {
    connection: { url: redis.url },
    prefix: `{${redis.namespace}:label-purchase}`,
  });
  const envelope = {
    v: 1,
    key,
    day: new Date().toISOString().slice(0, 10),
    sellerId: order.sellerId,
    payload: { sellerId: order.sellerId, orderId: order.orderId },
  };
  try {
    await queue.add('decide-payout', envelope, { attempts: 1, removeOnComplete: true });
  } finally {
    await queue.close();
  }
}
