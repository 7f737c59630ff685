import { type AnswerOf, type Client, routes } from '@ge/api';

type Row = AnswerOf<typeof routes.backlog.listBacklog>['items'][number];

/** Who is owed work by the fleet, now or later, by queue and seller. */
export async function backlogRows(client: Client): Promise<Row[]> {
  const rows: Row[] = [];
  for (let cursor: string | undefined; ; ) {
    const { items, nextCursor } = await client.call(routes.backlog.listBacklog, {
      query: { limit: 200, withLater: 'true', ...(cursor !== undefined && { cursor }) },
    });
    rows.push(...items);
    if (nextCursor === null) return rows;
    cursor = nextCursor;
  }
}
