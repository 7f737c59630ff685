import { ChargeReclaimEntity, type Outgoing, type Transaction } from '@ge/database';
import { type ChargeReclaim, chargeFurther, type LabelPurchase, type Money, openReclaim } from '@ge/domain';
import { RowSet } from '@ge/runtime';
import { reclaimOfCharge } from './followUps.ts';
import type { SettlementState } from './settlements.ts';

type Named = Pick<ChargeReclaim, 'carrierId' | 'shipmentRef'>;

/** A shipment that a carrier charged beside the one of a label. */
export interface FurtherCharge extends Named {
  readonly charged: Money;
}

/** The name of a reclaim in a row set. */
export const keyOf = ({ carrierId, shipmentRef }: Named): string => JSON.stringify([carrierId, shipmentRef]);

/** Locks what was asked back of these shipments. */
export async function lockReclaims(tx: Transaction, named: readonly Named[]): Promise<RowSet<ChargeReclaim>> {
  const keys = new Map(named.map((one) => [keyOf(one), [one.carrierId, one.shipmentRef] as const]));
  return new RowSet(await tx.lock(ChargeReclaimEntity, [...keys.values()]), keyOf);
}

/**
 * Books what was charged beside a label and has it asked back, each once: what was asked back before, as by the reading of a
 * statement, is left alone. Returns who asks, to go out with the commit that writes the purchase down.
 */
export function askBack(
  { reclaims, transfers }: Pick<SettlementState, 'reclaims' | 'transfers'>,
  label: Pick<LabelPurchase, 'id' | 'carrierId' | 'orderId' | 'sellerId'>,
  further: readonly FurtherCharge[],
  now: Date,
): readonly Outgoing[] {
  const opened = further
    .filter((one) => !reclaims.has(keyOf(one)))
    .map(({ shipmentRef, charged }) => openReclaim(label, shipmentRef, charged, now));
  for (const reclaim of opened) {
    reclaims.add(reclaim);
    transfers.push(...chargeFurther(reclaim, now));
  }
  return opened.map((reclaim) => reclaimOfCharge(reclaim));
}
