import type { OrderId, SellerId } from '../identity/ids.ts';
import { accept, type Decision, type Refusal, refuse } from '../refusal/refusal.ts';
import { writtenParam } from '../refusal/writtenParam.ts';
import type { Order, OrderLine } from './order.ts';
import { orderRefusals } from './orderRefusals.ts';

/** One shipment a seller confirms, by a row of a file or by a call. Without a line the whole order; without a quantity what is left of the line. */
export interface ShipmentConfirmation {
  readonly orderId: OrderId;
  readonly lineId: string | null;
  readonly quantity: number | null;
  /** The day of hand-over; null = now. */
  readonly shipDate: Date | null;
}

/** Ship dates carry no time, so a seller ahead of us may already write tomorrow. */
const ONE_DAY_MS = 86_400_000;

/**
 * Confirms a domestic order, or a part of it; with every accepted line shipped the order is confirmed and paid.
 * GE orders are refused whatever else the confirmation says (R18); the file and the call refuse alike.
 * Another seller's order is answered as an unknown one. `at` points at the confirmation within what was sent.
 */
export function decideConfirmation(
  confirmation: ShipmentConfirmation,
  order: Order | null,
  sellerId: SellerId,
  now: Date,
  at = '',
): Decision<Order> {
  const { orderId, lineId, quantity, shipDate } = confirmation;
  const shown = { orderId: writtenParam(orderId, 40) };
  if (!order || order.id !== orderId || order.sellerId !== sellerId) {
    return refuse(orderRefusals.refusal('order.unknown', `${at}/orderId`, shown));
  }
  if (order.isGlobalExpress) return refuse(orderRefusals.refusal('confirmation.ge_order', `${at}/orderId`, shown));
  if (order.state === 'confirmed')
    return refuse(orderRefusals.refusal('order.already_confirmed', `${at}/orderId`, shown));
  if (order.state !== 'pending') {
    return refuse(orderRefusals.refusal('order.not_confirmable', `${at}/orderId`, { ...shown, state: order.state }));
  }
  const refusals: Refusal[] = [];
  if (shipDate && shipDate.getTime() > now.getTime() + ONE_DAY_MS) {
    refusals.push(orderRefusals.refusal('confirmation.ship_date_in_future', `${at}/shipDate`));
  }
  if (lineId === null && quantity !== null) {
    refusals.push(orderRefusals.refusal('confirmation.quantity_without_line', `${at}/quantity`));
  }
  const lines = lineId === null ? accept(order.lines.map(shipped)) : confirmLine(order, lineId, quantity, at);
  if (!lines.ok) refusals.push(...lines.refusals);
  if (!lines.ok || refusals.length > 0) return refuse(...refusals);
  return accept(withLines(order, lines.value, now));
}

const shipped = (line: OrderLine): OrderLine => (line.accepted ? { ...line, confirmedQuantity: line.quantity } : line);

function confirmLine(
  order: Order,
  lineId: string,
  quantity: number | null,
  at: string,
): Decision<readonly OrderLine[]> {
  const orderId = order.id;
  const shown = writtenParam(lineId, 40);
  const line = order.lines.find((candidate) => candidate.lineId === lineId && candidate.accepted);
  if (!line) return refuse(orderRefusals.refusal('order.line_unknown', `${at}/lineId`, { orderId, lineId: shown }));
  const open = line.quantity - line.confirmedQuantity;
  if (open === 0) {
    return refuse(orderRefusals.refusal('order.line_already_confirmed', `${at}/lineId`, { orderId, lineId: shown }));
  }
  const more = quantity ?? open;
  if (!Number.isSafeInteger(more) || more < 1 || more > open) {
    return refuse(orderRefusals.refusal('confirmation.quantity_invalid', `${at}/quantity`, { lineId: shown, open }));
  }
  const confirmed = { ...line, confirmedQuantity: line.confirmedQuantity + more };
  return accept(order.lines.map((candidate) => (candidate === line ? confirmed : candidate)));
}

function withLines(order: Order, lines: readonly OrderLine[], now: Date): Order {
  const complete = lines.every((line) => !line.accepted || line.confirmedQuantity === line.quantity);
  if (!complete) return { ...order, lines };
  return { ...order, lines, state: 'confirmed', confirmedAt: now, payout: 'released', payoutReason: null };
}
