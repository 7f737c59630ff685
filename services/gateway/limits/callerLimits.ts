import type { Scope } from '@ge/api';
import type { Limiter, Limits, Standing } from '@ge/queue';
import type { GatewayConfig } from '../config.ts';
import { HttpRefusal } from '../http/refused.ts';

/** Headers of the IETF draft "RateLimit header fields for HTTP": the policy, and what is left of it. */
export type LimitHeaders = Readonly<Record<'RateLimit-Policy' | 'RateLimit', string>>;

/** What callers may have: calls by API key, calls without one by address, bytes of files by API key. */
export class CallerLimits {
  readonly #calls: Readonly<Record<Scope, Limiter>>;
  readonly #strangers: Limiter;
  readonly #uploads: Limiter;

  constructor(limits: Limits, config: GatewayConfig) {
    const calls = (name: Scope, amount: number) => limits.limiter({ name, amount, seconds: config.RATE_LIMIT_SECONDS });
    this.#calls = {
      operator: calls('operator', config.RATE_LIMIT_OPERATOR),
      producer: calls('producer', config.RATE_LIMIT_PRODUCER),
      seller: calls('seller', config.RATE_LIMIT_SELLER),
    };
    this.#strangers = limits.limiter({ name: 'strangers', amount: config.RATE_LIMIT_STRANGERS, seconds: 60 });
    this.#uploads = limits.limiter({ name: 'uploads', amount: config.UPLOAD_BYTES_PER_MINUTE, seconds: 60 });
  }

  /** Counts a call of a key. Returns the headers of its answer. Throws `http.rate_limited`. */
  async call(scope: Scope, keyId: string): Promise<LimitHeaders> {
    const limiter = this.#calls[scope];
    return checked(limiter, await limiter.take(keyId));
  }

  /** Counts a call from an address before its key is looked up. Throws `http.rate_limited`. */
  async stranger(network: string): Promise<void> {
    checked(this.#strangers, await this.#strangers.take(network));
  }

  /** The key was a good one: the call does not count against the address. */
  async noStranger(network: string): Promise<void> {
    await this.#strangers.add(network, -1);
  }

  /** Whether a key may upload another file. Throws `http.rate_limited`. */
  async mayUpload(keyId: string): Promise<void> {
    checked(this.#uploads, await this.#uploads.look(keyId));
  }

  async uploaded(keyId: string, bytes: number): Promise<void> {
    await this.#uploads.add(keyId, bytes);
  }
}

function checked({ allowance }: Limiter, { allowed, remaining, secondsToReset }: Standing): LimitHeaders {
  const { name, amount, seconds } = allowance;
  const headers = {
    'RateLimit-Policy': `"${name}";q=${amount};w=${seconds}`,
    RateLimit: `"${name}";r=${remaining};t=${secondsToReset}`,
  };
  if (allowed) return headers;
  throw new HttpRefusal('http.rate_limited', { ...headers, 'Retry-After': String(secondsToReset) });
}
