/** Does something for each, so many at once; results in the order given. After the first failure nothing more is begun. */
export async function inTurns<T, R>(items: readonly T[], atOnce: number, work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const left = items.entries();
  let failed = false;
  const turn = async () => {
    for (const [at, item] of left) {
      if (failed) return;
      results[at] = await work(item).catch((error: unknown) => {
        failed = true;
        throw error;
      });
    }
  };
  const turns = await Promise.allSettled(Array.from({ length: Math.min(atOnce, items.length) }, turn));
  const first = turns.find((one) => one.status === 'rejected');
  if (first) throw first.reason;
  return results;
}
