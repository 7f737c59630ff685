import { ApiProblem, type Client, routes } from '@ge/api';
import type { SellerId } from '@ge/domain';
import { readyRows } from '../fleet/backlogRows.ts';
import { inTurns } from '../fleet/inTurns.ts';
import { settled } from '../vantage/settled.ts';
import type { CleanedUp } from '../vantage/vantage.ts';

const atOnce = 8;

/**
 * Takes back of a flood's sellers what the programme takes back: work that nobody waits for any more, open invitations, orders
 * without a label, and their taking part. What a fleet never forgets is named. Goes on where one thing cannot be taken back.
 */
export async function cleanUp(
  client: Client,
  sellers: readonly SellerId[],
  isOwing: () => Promise<boolean>,
): Promise<CleanedUp> {
  const failed = new Map<string, number>();
  const tried = async <T>(work: () => Promise<T>, otherwise: T): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      // It never came to be.
      if (error instanceof ApiProblem && error.problem.status === 404) return otherwise;
      const why = error instanceof ApiProblem ? error.problem.code : ((error as Error).message ?? String(error));
      failed.set(why, (failed.get(why) ?? 0) + 1);
      return otherwise;
    }
  };
  const sum = async (work: (seller: SellerId) => Promise<number>) =>
    (await inTurns(sellers, atOnce, (seller) => tried(() => work(seller), 0))).reduce((all, n) => all + n, 0);

  if (sellers.length === 0) return { takenBack: [], stays: [] };
  const backlogged = new Set((await tried(() => readyRows(client), [])).map(({ sellerId }) => sellerId));
  const cancelled = await sum((seller) =>
    backlogged.has(seller) ? cancelBacklog(client, seller) : Promise.resolve(0),
  );
  const revoked = await sum((seller) => revokeInvitations(client, seller));
  const orders = await sum((seller) => cancelOrders(client, seller));
  const left = await sum((sellerId) =>
    client.call(routes.deactivation.deactivateAll, { params: { sellerId } }).then(() => 1),
  );
  const isSettled = await tried(() => settled(isOwing, 500, AbortSignal.timeout(60_000)), false);
  const many = (n: number, what: string) => (n === 0 ? [] : [`${n.toLocaleString('en-US')} ${what}`]);
  return {
    takenBack: [
      ...many(cancelled, 'jobs cancelled'),
      ...many(revoked, 'invitations revoked'),
      ...many(orders, 'orders without a label cancelled'),
      ...many(left, `sellers deactivated${isSettled ? '' : ', not all of their templates yet'}`),
    ],
    stays: [
      `the sellers themselves (${sellers[0]?.replace(/\d+$/, '') ?? 'FLOOD-'}…), deactivated, with their templates, SKUs and labelled orders: the programme deletes none of them`,
      "labels in the simulator's book, and the lines of history and of operations",
      ...[...failed].map(([why, times]) => `what could not be taken back: ${why} (${times} ×)`),
    ],
  };
}

async function cancelBacklog(client: Client, sellerId: SellerId): Promise<number> {
  let sum = 0;
  for (let isMore = true; isMore; ) {
    const answer = await client.call(routes.backlog.cancelBacklog, {
      body: { sellerId, dryRun: false, reason: 'the flood that made it has ended' },
    });
    sum += answer.jobs.reduce((all, { cancelled }) => all + cancelled, 0);
    isMore = answer.isMore;
  }
  return sum;
}

async function revokeInvitations(client: Client, sellerId: SellerId): Promise<number> {
  const { items } = await client.call(routes.invitations.listInvitations, { query: { sellerId, state: 'open' } });
  for (const { id } of items) await client.call(routes.invitations.revoke, { params: { invitationId: id } });
  return items.length;
}

async function cancelOrders(client: Client, sellerId: SellerId): Promise<number> {
  let sum = 0;
  for (const state of ['pending', 'held'] as const)
    for (let cursor: string | undefined; ; ) {
      const { items, nextCursor } = await client.call(routes.orders.listOrders, {
        params: { sellerId },
        query: { state, limit: 200, ...(cursor !== undefined && { cursor }) },
      });
      for (const { id } of items) sum += await cancelOrder(client, id);
      if (nextCursor === null) break;
      cursor = nextCursor;
    }
  return sum;
}

/** One with a label is shipped by the rules, and stays. */
async function cancelOrder(client: Client, orderId: string): Promise<number> {
  try {
    await client.call(routes.orders.cancelOrder, { params: { orderId: orderId as never }, body: { by: 'operator' } });
    return 1;
  } catch (error) {
    if (error instanceof ApiProblem && error.problem.status === 422) return 0;
    throw error;
  }
}
