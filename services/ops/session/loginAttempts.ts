const addressesKept = 10_000;

/** Counts failed logins per address in fixed windows, in memory and bounded. */
export class LoginAttempts {
  readonly #most: number;
  readonly #windowMs: number;
  readonly #failed = new Map<string, { count: number; until: number }>();

  constructor(most: number, windowMs: number) {
    this.#most = most;
    this.#windowMs = windowMs;
  }

  /**
   * Counts an attempt before its outcome is known, so that many at once gain nothing. Returns 0 when it may be made,
   * otherwise the seconds to wait.
   */
  begin(address: string, now: number): number {
    const key = networkOf(address);
    const known = this.#failed.get(key);
    if (known && now < known.until) {
      if (known.count >= this.#most) return Math.ceil((known.until - now) / 1_000);
      known.count += 1;
      return 0;
    }
    this.#failed.delete(key);
    const oldest = this.#failed.keys().next();
    if (this.#failed.size >= addressesKept && !oldest.done) this.#failed.delete(oldest.value);
    this.#failed.set(key, { count: 1, until: now + this.#windowMs });
    return 0;
  }

  /** The attempt was a good one: it does not count. */
  succeeded(address: string): void {
    const known = this.#failed.get(networkOf(address));
    if (known) known.count -= 1;
  }
}

/** One household or machine has a whole /64 of IPv6 addresses. */
function networkOf(address: string): string {
  if (!address.includes(':') || address.includes('.')) return address;
  const [head = '', tail = ''] = address.split('::');
  const parts = head.split(':');
  const zeros = address.includes('::') ? 8 - parts.length - tail.split(':').length : 0;
  return [...parts, ...Array<string>(Math.max(0, zeros)).fill('0'), ...tail.split(':')].slice(0, 4).join(':');
}
