/** By queue: how many names it has in BullMQ, each of which may lie on another node of a cluster. One unless told. */
export type QueueParts = Readonly<Partial<Record<string, number>>>;

/** The names of a queue in BullMQ: its own, then `<queue>.2`, `<queue>.3` and so on. */
export const partsOf = (queue: string, parts: QueueParts = {}): readonly [string, ...string[]] => [
  queue,
  ...Array.from({ length: (parts[queue] ?? 1) - 1 }, (_, no) => `${queue}.${no + 2}`),
];

/** The queue that a name in BullMQ belongs to. */
export const queueOfPart = (name: string): string => name.split('.', 1)[0]!;

/**
 * Which of `count` parts a message goes to, the same every time. Multiples of the golden ratio lie evenly, at whatever
 * regular distance from each other the first messages of bundles are.
 */
export const partFor = (id: number, count: number): number =>
  Math.floor(((Math.imul(id, 0x9e3779b1) >>> 0) / 2 ** 32) * count);

/**
 * Over how many names a queue may be spread, by what each process says that takes from it: what is sent to a name that one of
 * them does not take from waits longer than the rest, or for ever where none of them does. null where nobody takes from it.
 */
export function takenByAll(
  queue: string,
  takers: readonly { readonly queue: string; readonly names: number }[],
): number | null {
  const names = takers.filter((one) => one.queue === queue).map((one) => one.names);
  return names.length > 0 ? Math.min(...names) : null;
}
