import { createOrder, followSuspensions, type Order, type OrderRequest, type SuspensionList } from '@ge/domain';
import { tally } from '../generate/expected/tally.ts';
import type { OrderPhase, OrderRecord } from '../generate/records.ts';
import { type Account, now, readJson } from './inMemory.ts';

type Accounts = ReadonlyMap<string, Account>;

/** Takes in the orders of one phase as the rules decide them; those taken are added to `orders`. */
export function receive(
  phase: OrderPhase,
  accounts: Accounts,
  suspensions: SuspensionList,
  orders: Map<string, Order>,
) {
  const received = readJson<OrderRecord[]>('orders.json').filter((record) => record.phase === phase);
  const refusedOrders: string[] = [];
  const refusedLines: string[] = [];
  const linesOfRefused: string[] = [];
  const takenGe: Order[] = [];
  for (const record of received) {
    const { seller, skus, templates, setting } = accounts.get(record.sellerId)!;
    const context = { seller, skus, templates, setting, suspensions, now };
    const decision = createOrder(record as unknown as OrderRequest, context);
    if (decision.ok) {
      orders.set(record.id, decision.value);
      if (!record.isGlobalExpress) continue;
      takenGe.push(decision.value);
      refusedLines.push(...decision.value.lines.flatMap((line) => line.refusals.map(({ code }) => code)));
    } else {
      const [whole, ...reasons] = decision.refusals;
      refusedOrders.push(whole!.code);
      linesOfRefused.push(...reasons.map(({ code }) => code));
    }
  }
  return {
    received: received.length,
    domesticAccepted: received.filter((record) => !record.isGlobalExpress).length,
    geAccepted: takenGe.length,
    geRefused: refusedOrders.length,
    geLinesAccepted: takenGe.flatMap(({ lines }) => lines).filter((line) => line.accepted).length,
    geLinesRefusedOnAcceptedOrders: refusedLines.length,
    refusedOrdersByCode: tally(refusedOrders),
    lineRefusalsOnAcceptedOrders: tally(refusedLines),
    lineRefusalsOnRefusedOrders: tally(linesOfRefused),
  };
}

/** Brings every order in line with the suspensions; gives the ids of those that were held or released by it. */
export function follow(
  kind: 'held' | 'released',
  accounts: Accounts,
  suspensions: SuspensionList,
  orders: Map<string, Order>,
): readonly string[] {
  const ids: string[] = [];
  for (const order of orders.values()) {
    const { timeZone } = accounts.get(order.sellerId)!.seller;
    const outcome = followSuspensions(order, suspensions.active, [], timeZone, now);
    orders.set(order.id, outcome.order);
    if (outcome.kind === kind) ids.push(order.id);
  }
  return ids.sort();
}
