import { ApiProblem, routes } from '@ge/api';
import { check } from '../check.ts';
import type { Demo } from '../demo.ts';
import type { ExampleOrder } from '../examples.ts';
import { several, tallied } from '../several.ts';
import type { DemoStep } from '../step.ts';

interface Placed {
  readonly order: ExampleOrder;
  readonly accepted: boolean;
  /** Codes of the order itself where it was refused, and of its refused lines. */
  readonly orderCodes: readonly string[];
  readonly lineCodes: readonly string[];
  readonly linesAccepted: number;
  readonly linesRefused: number;
}

export interface ExpectedOrders {
  readonly domesticAccepted: number;
  readonly geAccepted: number;
  readonly geRefused: number;
  readonly geLinesAccepted: number;
  readonly geLinesRefusedOnAcceptedOrders: number;
  readonly refusedOrdersByCode: object;
  readonly lineRefusalsOnAcceptedOrders: object;
  readonly lineRefusalsOnRefusedOrders: object;
}

/** Places the orders of one phase; every line is decided at that moment. */
export async function placeOrders(demo: Demo, phase: ExampleOrder['phase'], expected: ExpectedOrders, when: string) {
  const orders = demo.examples.orders.filter((order) => order.phase === phase);
  const placed = await several(orders, 6, (order) => place(demo, order));
  const global = placed.filter(({ order }) => order.isGlobalExpress);
  const accepted = global.filter((entry) => entry.accepted);
  const refused = global.filter((entry) => !entry.accepted);
  const actual: ExpectedOrders = {
    domesticAccepted: placed.filter((entry) => entry.accepted && !entry.order.isGlobalExpress).length,
    geAccepted: accepted.length,
    geRefused: refused.length,
    geLinesAccepted: accepted.reduce((sum, entry) => sum + entry.linesAccepted, 0),
    geLinesRefusedOnAcceptedOrders: accepted.reduce((sum, entry) => sum + entry.linesRefused, 0),
    refusedOrdersByCode: tallied(refused.flatMap((entry) => entry.orderCodes)),
    lineRefusalsOnAcceptedOrders: tallied(accepted.flatMap((entry) => entry.lineCodes)),
    lineRefusalsOnRefusedOrders: tallied(refused.flatMap((entry) => entry.lineCodes)),
  };
  const names = Object.keys(actual) as (keyof ExpectedOrders)[];
  return { placed, actual, checks: names.map((name) => check(`${when}: ${name}`, expected[name], actual[name])) };
}

async function place({ client }: Demo, order: ExampleOrder): Promise<Placed> {
  const { phase: _, sellerId, id, ...rest } = order;
  const nothing = { order, accepted: false, linesAccepted: 0, linesRefused: 0 };
  try {
    const answer = await client.call(routes.orders.createOrder, {
      params: { sellerId: sellerId as never },
      body: { orderId: id, ...rest } as never,
      idempotencyKey: `demo-${id}`,
    });
    const lines = answer.order.lines;
    const refused = lines.filter((line) => !line.accepted);
    return {
      order,
      accepted: true,
      orderCodes: [],
      lineCodes: refused.flatMap((line) => line.refusals.map((refusal) => refusal.code)),
      linesAccepted: lines.length - refused.length,
      linesRefused: refused.length,
    };
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error;
    const codes = error.problem.errors.map((entry) => entry.code);
    const own = codes.filter((code) => code.startsWith('order') && /all_lines_refused|place_embargoed/.test(code));
    return { ...nothing, orderCodes: own.slice(0, 1), lineCodes: codes.filter((code) => !own.includes(code)) };
  }
}

/** Orders of buyers at home and abroad; what may not be sold there is refused line by line (R4, R5, R11, R24). */
export const orders: DemoStep = {
  name: 'order',
  title: 'Buyers at home and abroad place orders',
  run: async (demo) => {
    const { placed, actual, checks } = await placeOrders(demo, 'trading', demo.examples.expected.orders, 'orders');
    return {
      counts: {
        received: placed.length,
        domestic: actual.domesticAccepted,
        globalExpress: actual.geAccepted,
        refused: actual.geRefused,
      },
      checks,
    };
  },
};
