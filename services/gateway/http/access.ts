import { createHash } from 'node:crypto';
import { type Route, roleFor, type Scope } from '@ge/api';
import { type ApiKeyRow, type Database, findApiKey } from '@ge/database';
import { isAtLeast, type OperatorRole, type SellerId } from '@ge/domain';
import type { CallerLimits } from '../limits/callerLimits.ts';
import { HttpRefusal, NotFound } from './refused.ts';

/** Who calls: an API key in force. */
export interface Access {
  readonly keyId: string;
  readonly scope: Scope;
  /** Of an operator key. */
  readonly role: OperatorRole | null;
  /** The seller of a seller key. */
  readonly sellerId: SellerId | null;
  /** Route ids that the key is limited to; empty = all that its scope allows. */
  readonly operations: readonly string[];
}

/** How an API key is kept: its SHA-256 in hex. Keys are random, so nothing is gained from salting or slowness. */
export const hashOfKey = (key: string): string => createHash('sha256').update(key).digest('hex');

const cacheMs = 1_000;
const cacheSize = 10_000;

/**
 * Tells who calls. A key is remembered for a second, so a revoked one works at most so much longer. Calls without a key
 * in force are counted by address before the key is looked up, so that guessing is slow; a key that was good a while ago
 * is looked up whatever else comes from its address.
 */
export class Doorkeeper {
  readonly #database: Database;
  readonly #limits: CallerLimits;
  readonly #known = new Map<string, { readonly key: ApiKeyRow; readonly until: number }>();

  constructor(database: Database, limits: CallerLimits) {
    this.#database = database;
    this.#limits = limits;
  }

  /** Throws `http.unauthorized` for a missing, unknown or revoked key, `http.rate_limited` for too many of them. */
  async accessOf(authorization: string | undefined, network: string): Promise<Access> {
    const sent = /^Bearer ([\x21-\x7e]{1,200})$/i.exec(authorization ?? '')?.[1];
    const key = await this.#find(sent === undefined ? null : hashOfKey(sent), network);
    if (!key) throw new HttpRefusal('http.unauthorized', { 'WWW-Authenticate': 'Bearer' });
    return { keyId: key.id, scope: key.scope, role: key.role, sellerId: key.sellerId, operations: key.operations };
  }

  async #find(hash: string | null, network: string): Promise<ApiKeyRow | null> {
    const known = hash === null ? undefined : this.#known.get(hash);
    if (known && Date.now() < known.until) return known.key;
    if (!known) await this.#limits.stranger(network);
    const key = hash === null ? null : await findApiKey(this.#database, hash);
    if (hash !== null && key) this.#remember(hash, key);
    else if (hash !== null) this.#known.delete(hash);
    if (key && !known) await this.#limits.noStranger(network);
    return key;
  }

  #remember(hash: string, key: ApiKeyRow): void {
    if (this.#known.size >= cacheSize) this.#known.clear();
    this.#known.set(hash, { key, until: Date.now() + cacheMs });
  }
}

/** Throws `http.forbidden` where scope, role or key do not allow the route, `http.not_found` for another seller's things. */
export function authorise(access: Access, route: Route, sellerId: string | undefined): void {
  if (!route.scopes.includes(access.scope)) throw new HttpRefusal('http.forbidden');
  if (access.scope === 'operator' && !(access.role && isAtLeast(access.role, roleFor(route))))
    throw new HttpRefusal('http.forbidden');
  if (access.operations.length > 0 && !access.operations.includes(route.id)) throw new HttpRefusal('http.forbidden');
  if (sellerId !== undefined && !sees(access, sellerId)) throw new NotFound();
}

/** Whether the key may know of this seller; null is programme-wide and not for sellers. */
export const sees = (access: Access, sellerId: string | null): boolean =>
  access.scope !== 'seller' || (sellerId !== null && access.sellerId === sellerId);
