/**
 * How many letters must be inserted, removed or replaced to turn `a` into `b`; null when more than `limit`.
 * Only the diagonal band that can stay within the limit is computed.
 */
export function boundedEditDistance(a: string, b: string, limit: number): number | null {
  if (Math.abs(a.length - b.length) > limit) return null;
  const beyond = limit + 1;
  let previous = Array.from({ length: b.length + 1 }, (_, j) => Math.min(j, beyond));
  for (let i = 1; i <= a.length; i += 1) {
    const current = new Array<number>(b.length + 1).fill(beyond);
    if (i <= limit) current[0] = i;
    let best = current[0]!;
    for (let j = Math.max(1, i - limit); j <= Math.min(b.length, i + limit); j += 1) {
      const replaced = previous[j - 1]! + (a.charCodeAt(i - 1) === b.charCodeAt(j - 1) ? 0 : 1);
      const cost = Math.min(replaced, previous[j]! + 1, current[j - 1]! + 1, beyond);
      current[j] = cost;
      best = Math.min(best, cost);
    }
    if (best > limit) return null;
    previous = current;
  }
  const distance = previous[b.length]!;
  return distance > limit ? null : distance;
}
