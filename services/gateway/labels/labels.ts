import { routes } from '@ge/api';
import { voidLabel as contract, decidePayout } from '@ge/contracts';
import {
  appendMessages,
  bookTransfers,
  firstScansOf,
  LabelPurchaseEntity,
  labelsOfOrders,
  OrderEntity,
  outgoing,
  parkedLabels,
  startOperation,
} from '@ge/database';
import { chargeLabel, confirmByLabel, type ParkedFinding, requestVoid, resolveParked } from '@ge/domain';
import { acceptedBody } from '../http/accepted.ts';
import { documentReply } from '../http/documentReply.ts';
import { handle } from '../http/handler.ts';
import { pageOf } from '../http/pages.ts';
import { decided } from '../http/refused.ts';
import { orderSeen } from '../orders/orderSeen.ts';
import { labelSeen, lockLabelSeen } from './labelSeen.ts';
import { labelShown } from './labelShown.ts';

export const listLabels = handle(routes.labels.listLabels, async ({ tx, access, params, locale }) => {
  const order = await orderSeen(tx, access, params.orderId);
  const labels = await labelsOfOrders(tx, [order.id]);
  return { status: 200, body: { items: labels.map((label) => labelShown(label, locale)) } };
});

export const getLabel = handle(routes.labels.getLabel, async ({ tx, access, params, locale }) => ({
  status: 200,
  body: labelShown(await labelSeen(tx, access, params.labelId), locale),
}));

export const downloadLabel = handle(routes.labels.downloadLabel, async (call) => {
  const label = await labelSeen(call.tx, call.access, call.params.labelId);
  return documentReply(call, label.documentId);
});

/** A carrier that is not configured here gives no window, and is asked nothing. */
const noWindow = { voidWindowDays: 0 };

export const voidLabel = handle(routes.labels.voidLabel, async ({ tx, access, params, surroundings, now, locale }) => {
  const { label } = await lockLabelSeen(tx, access, params.labelId);
  const { sellerId, carrierId, id: labelId } = label;
  const scans = await firstScansOf(tx, [labelId]);
  const carrier = surroundings.carriers.carrierById(carrierId)?.profile ?? noWindow;
  const voiding = { ...label, ...decided(requestVoid(label, scans.get(labelId) ?? null, carrier, now)) };
  await tx.update(LabelPurchaseEntity, [voiding], ['state', 'lookUps', 'reason', 'leaseUntil']);
  const message = outgoing(contract, { payload: { sellerId, labelId }, sellerId });
  const operationId = await startOperation(tx, { kind: contract.name, sellerId, now }, [message]);
  return { status: 202, body: { ...acceptedBody(operationId, [], locale), label: labelShown(voiding, locale) } };
});

export const listParkedLabels = handle(routes.labels.listParkedLabels, async ({ tx, query, locale }) => {
  const rows = await parkedLabels(tx, query.cursor ?? null, query.limit + 1);
  const shown = rows.map((row) => labelShown(row, locale));
  return { status: 200, body: pageOf(shown, query.limit, ({ id }) => id) };
});

/** What was bought after all confirms its order like any label (R18); the payout is decided anew either way (R17). */
export const resolveParkedLabel = handle(
  routes.labels.resolveParkedLabel,
  async ({ tx, access, params, body, now, locale }) => {
    const { order, label } = await lockLabelSeen(tx, access, params.labelId);
    const resolved = { ...label, ...decided(resolveParked(label, findingFrom(body), now)) };
    await tx.update(LabelPurchaseEntity, [resolved]);
    if (resolved.state === 'purchased') {
      await bookTransfers(tx, chargeLabel(resolved, resolved.charge!, now));
      const confirmed = confirmByLabel(order, await labelsOfOrders(tx, [order.id]), now);
      await tx.update(OrderEntity, [{ ...order, ...confirmed }], ['state', 'confirmedAt']);
    }
    const { sellerId, id: orderId } = order;
    await appendMessages(tx, [outgoing(decidePayout, { payload: { sellerId, orderId }, sellerId })]);
    return { status: 200, body: labelShown(resolved, locale) };
  },
);

type Resolution =
  | { readonly found: 'not_bought' }
  | ({ readonly found: 'bought' } & Omit<Extract<ParkedFinding, { kind: 'bought' }>['shipment'], 'documentId'>);

function findingFrom(resolution: Resolution): ParkedFinding {
  if (resolution.found === 'not_bought') return { kind: 'not_bought' };
  const { charge, shipmentRef, trackingId } = resolution;
  return { kind: 'bought', shipment: { charge, shipmentRef, trackingId, documentId: null } };
}
