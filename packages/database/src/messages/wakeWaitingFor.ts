import { buyLabel, quoteLabelAgain } from '@ge/contracts';
import type { Transaction } from '../transaction.ts';

const held = [buyLabel.name, quoteLabelAgain.name];

/** By then every process knows how the carrier stands: one that does not would send them back to wait. */
const knownMs = 2_000;

/**
 * Has the labels that wait for a carrier look in a moment how that stands. What is being run is left alone: it looks again by
 * itself.
 */
export async function wakeWaitingFor(tx: Transaction, carrierId: string): Promise<void> {
  await tx.query(
    `update messages set due_at = now() + $4 * interval '1 millisecond' where id in (
       select m.id from messages m join label_purchases l on l.id = m.payload->>'labelId'
        where m.queue = $1 and m.name = any($2::text[]) and m.state = 'ready'
          and m.due_at > now() + $4 * interval '1 millisecond' and l.carrier_id = $3 and l.state = 'requested'
        for update of m skip locked)`,
    [buyLabel.queue, held, carrierId, knownMs],
  );
}
