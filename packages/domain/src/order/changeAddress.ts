import type { Address } from '../address/address.ts';
import type { LabelPurchase } from '../label/labelPurchase.ts';
import { isActiveLabel } from '../label/labelTransitions.ts';
import { accept, type Decision, type Refusal, refuse } from '../refusal/refusal.ts';
import { addressDecision } from './createOrder.ts';
import type { Order } from './order.ts';
import { orderRefusals } from './orderRefusals.ts';

/** The label that stands in the way of a change, as a refusal; none while no label is bought or may turn out to be. */
export function labelInTheWay(labels: readonly LabelPurchase[]): readonly Refusal[] {
  const label = labels.find((candidate) => isActiveLabel(candidate) || candidate.state === 'voiding');
  return label ? [orderRefusals.refusal('order.has_label', '', { labelId: label.id, state: label.state })] : [];
}

/** Before a label exists the address may change, within the country the fees were computed for; it is validated anew. */
export function changeAddress(
  order: Order,
  shipTo: Address,
  labels: readonly LabelPurchase[],
  now: Date,
): Decision<Order> {
  const refusals: Refusal[] = [...labelInTheWay(labels)];
  if (order.state !== 'pending' && order.state !== 'held') {
    refusals.push(orderRefusals.refusal('order.not_changeable', '', { state: order.state }));
  }
  const { destination, isGlobalExpress } = order;
  if (shipTo.country.toUpperCase() !== destination) {
    refusals.push(orderRefusals.refusal('order.country_fixed', '/shipTo/country', { destination }));
    return refuse(...refusals);
  }
  const address = addressDecision({ isGlobalExpress, destination, shipTo }, now);
  if (!address.ok) refusals.push(...address.refusals);
  if (!address.ok || refusals.length > 0) return refuse(...refusals);
  return accept({ ...order, shipTo: address.value }, address.warnings);
}
