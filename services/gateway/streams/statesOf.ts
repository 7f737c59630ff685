import type { StateEvent } from './sendEvents.ts';
import type { Watch } from './watch.ts';

/** The state of a row now and each later one as events, until the last of them or the signal. */
export async function* statesOf<Row extends { readonly id: string }>(
  watch: Watch<Row>,
  now: Row,
  event: (row: Row) => StateEvent,
  signal: AbortSignal,
): AsyncGenerator<StateEvent> {
  const first = event(now);
  yield first;
  if (first.isLast) return;
  for await (const row of watch.changes(now, signal)) yield event(row);
}
