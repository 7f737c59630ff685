import { type AnswerOf, type Client, routes } from '@ge/api';
import type { SellerId } from '@ge/domain';

type BacklogRow = AnswerOf<typeof routes.backlog.listBacklog>['items'][number];

/** Who has work that is to be run now, by queue and seller. */
export const readyRows = (client: Client): Promise<BacklogRow[]> => everyRow(client, {});

/** What one seller is owed, now or later, by queue. */
export const rowsOf = (client: Client, sellerId: SellerId): Promise<BacklogRow[]> =>
  everyRow(client, { sellerId, withLater: 'true' });

async function everyRow(
  client: Client,
  wanted: { readonly sellerId?: SellerId; readonly withLater?: 'true' },
): Promise<BacklogRow[]> {
  const rows: BacklogRow[] = [];
  for (let cursor: string | undefined; ; ) {
    const query = { ...wanted, limit: 200, ...(cursor !== undefined && { cursor }) };
    const { items, nextCursor } = await client.call(routes.backlog.listBacklog, { query });
    rows.push(...items);
    if (nextCursor === null) return rows;
    cursor = nextCursor;
  }
}
