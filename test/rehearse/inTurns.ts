const atOnce = 20;

/** Some at once, so that thousands take seconds. */
export async function inTurns<T>(items: readonly T[], act: (item: T) => Promise<unknown>): Promise<void> {
  const left = [...items].reverse();
  const workers = Array.from({ length: atOnce }, async () => {
    for (let next = left.pop(); next !== undefined; next = left.pop()) await act(next);
  });
  await Promise.all(workers);
}
