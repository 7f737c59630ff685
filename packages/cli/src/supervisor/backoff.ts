/** How long to wait before the next start of a service that died. */
export interface Backoff {
  readonly firstMs: number;
  readonly longestMs: number;
  /** A service that was ready this long starts from `firstMs` again. */
  readonly steadyMs: number;
}

export const serviceBackoff: Backoff = { firstMs: 250, longestMs: 10_000, steadyMs: 30_000 };

/** Doubles with every death in a row. @param deaths deaths so far without a steady time between them, from 1 */
export function waitAfter(deaths: number, backoff: Backoff): number {
  return Math.min(backoff.longestMs, backoff.firstMs * 2 ** (deaths - 1));
}
