import { assignSkus } from '@ge/contracts';
import { appendMessages, type Database, drawCommandNo, outgoing } from '@ge/database';
import type { Move } from './overHttp.ts';

/**
 * The second way: in your own transaction, where your tables lie in the same PostgreSQL. Your change and the message are
 * committed together or not at all. The command number, drawn from the seller's row, puts the command in its order
 * among all others of that seller: no older one ever overwrites it.
 */
export async function moveWithMyChange(
  database: Database,
  { sellerId, skus, template }: Move,
  myChange: readonly [sql: string, ...parameters: unknown[]],
): Promise<void> {
  await database.transaction(async (tx) => {
    const [sql, ...parameters] = myChange;
    await tx.query(sql, parameters);
    const commandNo = await drawCommandNo(tx, sellerId);
    const items = skus.map((sku) => ({ sku, template: { name: template } }));
    await appendMessages(tx, [outgoing(assignSkus, { sellerId, payload: { sellerId, commandNo, items } })]);
  });
}
