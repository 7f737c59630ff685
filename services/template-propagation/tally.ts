/** Numbers by name, gathered over the slices of one message. */
export type Tally = Readonly<Record<string, number>>;

/** The tally so far and what one more slice adds, name by name. */
export function addTally(before: Tally, slice: Tally): Tally {
  const sum: Record<string, number> = { ...before };
  for (const [name, amount] of Object.entries(slice)) sum[name] = (sum[name] ?? 0) + amount;
  return sum;
}

export const sumOf = (tally: Tally, ...names: readonly string[]): number =>
  names.reduce((sum, name) => sum + (tally[name] ?? 0), 0);
