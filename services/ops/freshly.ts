/**
 * Shares one reading among all who ask at the same time and for a while after: at least `leastMs`, and longer where
 * reading is slow, so that looking never takes more than a tenth of the time.
 */
export function freshly<T>(read: () => Promise<T>, leastMs: number): () => Promise<T> {
  let reading: Promise<T> | null = null;
  let staleAt = 0;
  return () => {
    if (reading && performance.now() < staleAt) return reading;
    const startedAt = performance.now();
    staleAt = Number.POSITIVE_INFINITY;
    const current = read();
    reading = current;
    const settle = (wait: number) => {
      staleAt = performance.now() + wait;
    };
    current.then(
      () => settle(Math.max(leastMs, 9 * (performance.now() - startedAt))),
      () => settle(0),
    );
    return current;
  };
}
