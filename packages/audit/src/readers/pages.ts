import type { AnswerOf, Client, Route } from '@ge/api';

const perPage = 200;

interface Paged {
  readonly items: readonly unknown[];
  readonly nextCursor: string | null;
}

type ItemOf<R extends Route> = AnswerOf<R, 200> extends { readonly items: readonly (infer Item)[] } ? Item : never;

/** Everything of a list of the API, page by page. @param input path and query, without page */
export async function everyItem<R extends Route>(
  client: Client,
  route: R,
  input: { readonly params?: object; readonly query?: object },
): Promise<ItemOf<R>[]> {
  const items: ItemOf<R>[] = [];
  for (let cursor: string | undefined; ; ) {
    const query = { ...input.query, limit: perPage, ...(cursor !== undefined && { cursor }) };
    const page = (await client.call(route, { ...input, query } as never)) as Paged;
    items.push(...(page.items as ItemOf<R>[]));
    if (page.nextCursor === null) return items;
    cursor = page.nextCursor;
  }
}
