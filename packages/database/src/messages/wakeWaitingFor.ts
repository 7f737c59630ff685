import { buyLabel, orderBatchLabels, quoteLabelAgain } from '@ge/contracts';
import type { Transaction } from '../transaction.ts';

const held = [buyLabel.name, quoteLabelAgain.name];

/** By then every process knows how the carrier stands: one that does not would send them back to wait. */
const knownMs = 2_000;

/**
 * Has the labels that wait for a carrier, and the batches of which something has stepped aside for it, look in a moment how that
 * stands. What is being run is left alone: it looks again by itself.
 */
export async function wakeWaitingFor(tx: Transaction, carrierId: string): Promise<void> {
  await tx.query(
    `update messages set due_at = now() + $5 * interval '1 millisecond' where id in (
       select m.id from messages m
        where m.queue = $1 and m.state = 'ready' and m.due_at > now() + $5 * interval '1 millisecond'
          and (m.name = any($2::text[]) and exists (
                 select 1 from label_purchases l
                  where l.id = m.payload->>'labelId' and l.carrier_id = $4 and l.state = 'requested')
            or m.name = $3 and exists (
                 select 1 from label_batch_items i
                  where i.batch_id = m.payload->>'batchId' and i.state = 'waiting' and $4 = any(i.awaited_carriers)))
        for update skip locked)`,
    [buyLabel.queue, held, orderBatchLabels.name, carrierId, knownMs],
  );
}
