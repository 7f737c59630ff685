import { Malformed } from './refused.ts';

/** One page out of rows that were asked for with one more than the limit. */
export function pageOf<Row, Item = Row>(
  rows: readonly Row[],
  limit: number,
  cursorOf: (row: Row) => string,
  itemOf: (row: Row) => Item = (row) => row as unknown as Item,
): { readonly items: readonly Item[]; readonly nextCursor: string | null } {
  const shown = rows.slice(0, limit);
  return { items: shown.map(itemOf), nextCursor: rows.length > limit ? cursorOf(shown.at(-1)!) : null };
}

/** A cursor that is a number; null for the first page. Throws Malformed for anything else. */
export function numberCursor(cursor: string | undefined): number | null {
  if (cursor === undefined) return null;
  if (!/^\d{1,15}$/.test(cursor)) throw malformedCursor();
  return Number(cursor);
}

/** The parts of a cursor that names a place by several words, the last of which may have slashes; none for the first page. */
export function partsOf(cursor: string | undefined, count: number): readonly string[] {
  if (cursor === undefined) return [];
  const words = cursor.split('/');
  if (words.length < count) throw malformedCursor();
  return [...words.slice(0, count - 1), words.slice(count - 1).join('/')];
}

const malformedCursor = () =>
  new Malformed([{ field: '/query/cursor', code: 'schema.invalid_format', message: 'nextCursor' }]);
