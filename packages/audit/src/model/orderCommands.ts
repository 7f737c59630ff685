import type { OrderRow } from '@ge/database';
import { confirmMessage, type OrderId } from '@ge/domain';
import type { Command, CommandOf } from '../journal/command.ts';
import type { Place } from './place.ts';
import type { FeedEnd } from './sequentialModel.ts';

type AboutOrders = CommandOf<'upload-confirmations' | 'buy-label' | 'void-label' | 'create-order'>;

export const isAboutOrders = (command: Command): command is AboutOrders =>
  ['upload-confirmations', 'buy-label', 'void-label', 'create-order'].includes(command.kind);

interface OrdersEnd {
  readonly feeds: readonly FeedEnd[];
  readonly labelled: readonly OrderId[];
  readonly unlabelled: readonly OrderId[];
}

const nothing: OrdersEnd = { feeds: [], labelled: [], unlabelled: [] };

/** Carries the command out; returns what a file of confirmations comes to, and which orders got or lost a label. */
export function changeOrders(command: AboutOrders, place: Place): OrdersEnd {
  switch (command.kind) {
    case 'upload-confirmations':
      return { ...nothing, feeds: [confirm(command, place)] };
    case 'buy-label':
      return buy(command, place);
    case 'void-label':
      return { ...nothing, unlabelled: [command.orderId as OrderId] };
    case 'create-order':
      create(command, place);
      return nothing;
  }
}

function create({ order }: CommandOf<'create-order'>, { state, id }: Place): void {
  const { shipBy, createdAt, ...rest } = order;
  const row = { ...rest, shipTo: null, shipBy: new Date(shipBy!), createdAt: new Date(createdAt!) };
  // The answer is the row; it was checked against the schema of the API when it was read.
  state.of(id).orders.set(order.id, row as unknown as OrderRow);
}

function confirm({ orderIds }: CommandOf<'upload-confirmations'>, { state, id, no, at }: Place): FeedEnd {
  const { orders } = state.of(id);
  let rejected = 0;
  for (const orderId of orderIds) {
    const order = orders.get(orderId)!;
    const decided = confirmMessage({ orderId: order.id, items: [], shipDate: null }, order, id, at);
    if (decided.ok) orders.set(orderId, { ...order, ...decided.value });
    else rejected += 1;
  }
  return { sellerId: id, no, rows: orderIds.length, rejected };
}

/** A label that holds all that was left of its order confirms it (R18); paid it is with the first scan. */
function buy({ orderId, confirms }: CommandOf<'buy-label'>, { state, id, at }: Place): OrdersEnd {
  const { orders } = state.of(id);
  const order = orders.get(orderId);
  if (confirms && order) orders.set(orderId, { ...order, state: 'confirmed', confirmedAt: at });
  return { ...nothing, labelled: [orderId as OrderId] };
}
