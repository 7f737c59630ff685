import { ApiProblem, type Client, routes } from '@ge/api';
import type { FeedId, OperationId, OrderId, SellerId } from '@ge/domain';

const atOnce = 16;
const perPage = 200;

type Seen<T> = T | null;
export type SeenOperation = Awaited<ReturnType<typeof operationOf>>;
export type SeenLabel = Awaited<ReturnType<RemoteFleet['labelsOf']>>[number][number];

/** What somebody without the database can see of a fleet. Nulls are things that the fleet does not know. */
export class RemoteFleet {
  readonly #client: Client;

  constructor(client: Client) {
    this.#client = client;
  }

  /**
   * The operations with these ids, by id. A seller's are read as pages of its list, newest first, until the oldest one
   * wanted was passed (ids sort by age); those of the programme one by one.
   */
  async operations(sellerId: string | null, ids: readonly string[]): Promise<Map<string, SeenOperation>> {
    if (sellerId === null) {
      const found = await inTurns(ids, (id) => known(() => operationOf(this.#client, id as OperationId)));
      return new Map(found.flatMap((operation) => (operation ? [[operation.id as string, operation] as const] : [])));
    }
    const wanted = new Set(ids);
    const oldest = [...ids].sort()[0]!;
    const seen = new Map<string, SeenOperation>();
    for (let cursor: string | undefined; ; ) {
      const { items, nextCursor } = await this.#client.call(routes.operations.listOperations, {
        params: { sellerId: sellerId as SellerId },
        query: { limit: perPage, ...(cursor !== undefined && { cursor }) },
      });
      for (const operation of items) if (wanted.has(operation.id)) seen.set(operation.id, operation);
      if (nextCursor === null || nextCursor < oldest || seen.size === wanted.size) return seen;
      cursor = nextCursor;
    }
  }

  feeds(ids: readonly string[]) {
    return inTurns(ids, (id) =>
      known(() => this.#client.call(routes.feeds.getFeed, { params: { feedId: id as FeedId } })),
    );
  }

  /** Every label of each of these orders, asked for or not. */
  async labelsOf(orderIds: readonly string[]) {
    const lists = await inTurns(orderIds, (id) =>
      known(() => this.#client.call(routes.labels.listLabels, { params: { orderId: id as OrderId } })),
    );
    return lists.map((list) => list?.items ?? []);
  }
}

const operationOf = (client: Client, operationId: OperationId) =>
  client.call(routes.operations.getOperation, { params: { operationId } });

/** Null for a 404. */
async function known<T>(ask: () => Promise<T>): Promise<Seen<T>> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof ApiProblem && error.problem.status === 404) return null;
    throw error;
  }
}

/** In the order given, some at a time. */
export async function inTurns<I, T>(items: readonly I[], ask: (item: I) => Promise<T>): Promise<T[]> {
  const answers: T[] = [];
  for (let from = 0; from < items.length; from += atOnce)
    answers.push(...(await Promise.all(items.slice(from, from + atOnce).map(ask))));
  return answers;
}
