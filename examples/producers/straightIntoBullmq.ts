import { decidePayout } from '@ge/contracts';
import type { OrderId, SellerId } from '@ge/domain';
import { failingConnection, type QueueSpace, sendDirect } from '@ge/queue';

/**
 * The third way: straight into BullMQ, without a database. Exactly once still, by `key` and day; but only as durable as
 * that Redis, and without a command number, so for jobs that state nothing new: here, "look at this payout again".
 */
export async function lookAtPayoutAgain(
  space: QueueSpace,
  payout: { readonly sellerId: SellerId; readonly orderId: OrderId },
  key: string,
): Promise<void> {
  const connection = failingConnection(space);
  try {
    await sendDirect(space, connection, decidePayout, {
      key,
      sellerId: payout.sellerId,
      payload: payout,
      now: new Date(),
    });
  } finally {
    connection.disconnect();
  }
}
