import type { World } from '../plan/buildWorld.ts';
import type { OrderPlan } from '../plan/orderDesk.ts';
import { labelled } from '../plan/orders.ts';
import { becomesEnabled } from '../plan/world.ts';
import { sum, tally } from './tally.ts';

const isTaken = ({ refusedWith }: OrderPlan): boolean => refusedWith === null;
const idOf = ({ record }: OrderPlan): string => record.id;

/** What must come of orders that come in together. */
function decisions(orders: readonly OrderPlan[]) {
  const ge = orders.filter(({ record }) => record.isGlobalExpress);
  const taken = ge.filter(isTaken);
  const refused = ge.filter((order) => !isTaken(order));
  const linesOf = (some: readonly OrderPlan[]) => some.flatMap(({ lines }) => lines);
  const codes = (some: readonly OrderPlan[]) => tally(linesOf(some).flatMap(({ refusedWith }) => refusedWith ?? []));
  return {
    received: orders.length,
    domesticAccepted: orders.length - ge.length,
    geAccepted: taken.length,
    geRefused: refused.length,
    geLinesAccepted: linesOf(taken).filter(({ refusedWith }) => refusedWith === null).length,
    geLinesRefusedOnAcceptedOrders: sum(Object.values(codes(taken))),
    refusedOrdersByCode: tally(refused.map(({ refusedWith }) => refusedWith!)),
    lineRefusalsOnAcceptedOrders: codes(taken),
    lineRefusalsOnRefusedOrders: codes(refused),
  };
}

const inPhase = ({ orders }: World, phase: OrderPlan['record']['phase']): readonly OrderPlan[] =>
  orders.filter(({ record }) => record.phase === phase);

export function orders(world: World) {
  const trading = inPhase(world, 'trading');
  const kinds = trading
    .filter(({ record }) => record.isGlobalExpress)
    .map((order) => ({
      orderId: idOf(order),
      destination: order.record.destination,
      refusedWith: order.refusedWith,
      lines: order.lines.map(({ record, refusedWith }) => ({ lineId: record.lineId, refusedWith })),
    }));
  const refusedOrPartly = kinds.filter(
    ({ lines, refusedWith }) => refusedWith || lines.some((line) => line.refusedWith),
  );
  const told = (order: (typeof kinds)[number]) => `${order.refusedWith} ${order.lines.map((line) => line.refusedWith)}`;
  return {
    ...decisions(trading),
    samples: refusedOrPartly.filter(
      (order, at) => refusedOrPartly.findIndex((other) => told(other) === told(order)) === at,
    ),
  };
}

export function labels({ labels, orders: all }: World) {
  return {
    bought: labels.length,
    charges: labels.length,
    byFormat: tally(labels.map(({ format }) => format)),
    ordersConfirmed: labels.length,
    gePendingAfterwards: all.filter(
      (order) => order.record.isGlobalExpress && order.record.phase === 'trading' && isTaken(order) && !labelled(order),
    ).length,
  };
}

export function confirmation({ confirmation: plan, orders: all }: World) {
  const { rows, sellerId, confirmed, partly } = plan;
  const rejected = rows.filter(({ refusedWith }) => refusedWith !== null);
  return {
    sellerId,
    state: 'DONE',
    counts: {
      processed: rows.length,
      applied: rows.length - rejected.length,
      unchanged: 0,
      superseded: 0,
      rejected: rejected.length,
      notAttempted: 0,
    },
    geRowsRefused: rows.filter(({ refusedWith }) => refusedWith === 'confirmation.ge_order').length,
    rejectedByCode: tally(rejected.map(({ refusedWith }) => refusedWith!)),
    ordersConfirmed: confirmed.length,
    ordersConfirmedInPart: partly.length,
    gePendingOrdersUntouched: all
      .filter(({ purpose }) => purpose === 'confirmer_pending')
      .map(idOf)
      .sort(),
    samples: rejected
      .filter((row, at) => rejected.findIndex((other) => other.refusedWith === row.refusedWith) === at)
      .map((row) => ({ recordNo: rows.indexOf(row) + 1, orderId: row.orderId, code: row.refusedWith })),
  };
}

export function suspension(world: World) {
  const { sellers, story } = world;
  const enabled = sum(
    sellers.map((seller) => seller.templates.filter((template) => becomesEnabled(seller, template)).length),
  );
  const held = world.orders
    .filter(({ purpose, record }) => purpose === 'to_suspended' && record.phase === 'trading')
    .map(idOf)
    .sort();
  return {
    destination: story.suspension.destination,
    templatesShowingIt: enabled + story.lateTemplates.length,
    ordersHeld: held.length,
    held,
    meanwhile: decisions(inPhase(world, 'while_suspended')),
    lifted: {
      templatesShowingIt: 0,
      ordersReleased: held.length,
      afterwards: decisions(inPhase(world, 'after_lifting')),
    },
  };
}

export function deactivation({ story, orders: all, labelsAfterLeaving }: World) {
  const stillLabelled = new Set(labelsAfterLeaving.map(({ orderId }) => orderId));
  const perSeller = story.leavings.map(({ seller, templates }) => {
    const touched = templates ?? seller.templates;
    const enabled = touched.filter((template) => becomesEnabled(seller, template));
    const kept = enabled.filter((template) => template.domesticAutomation).length;
    const pending = all
      .filter(({ purpose, record }) => purpose === 'leaver_pending' && record.sellerId === seller.id)
      .map(idOf);
    return {
      sellerId: seller.id,
      wholeEnrollment: templates === null,
      templates: touched.map(({ id }) => id),
      internationalOff: kept,
      regionAutomationOff: enabled.length - kept,
      unblocked: touched.length - enabled.length,
      pendingGeOrders: pending.sort(),
    };
  });
  const total = (count: (one: (typeof perSeller)[number]) => number): number => sum(perSeller.map(count));
  return {
    sellers: perSeller.length,
    enrollmentsDeactivated: perSeller.filter(({ wholeEnrollment }) => wholeEnrollment).length,
    templatesInternationalOff: total((one) => one.internationalOff),
    templatesRegionAutomationOff: total((one) => one.regionAutomationOff),
    templatesUnblocked: total((one) => one.unblocked),
    pendingGeOrders: total((one) => one.pendingGeOrders.length),
    labelsBoughtAfterwards: stillLabelled.size,
    pendingGeOrdersAfterThose: total((one) => one.pendingGeOrders.filter((id) => !stillLabelled.has(id)).length),
    perSeller,
  };
}
