import { createHash, timingSafeEqual } from 'node:crypto';
import { type ApiKeyRow, type Database, findApiKey, findApiKeyById } from '@ge/database';
import { type Actor, roleOf } from '../access.ts';
import { openSession, renewSession, type Session, type SessionLimits, startSession } from './session.ts';
import type { Signer } from './signer.ts';

/** A session in force, and its successor where the cookie should be renewed. */
export interface Visit {
  readonly actor: Actor;
  readonly session: Session;
  readonly renewed: Session | null;
}

/** Tells who asks. Keys are looked up at every request, so revoking one works at once. */
export class Doorkeeper {
  readonly #database: Database;
  readonly #signer: Signer;
  readonly #limits: SessionLimits;
  /** Sessions that were logged out, until the longest of their cookies would have ended by itself. */
  readonly #ended = new Map<string, number>();

  constructor(database: Database, signer: Signer, limits: SessionLimits) {
    this.#database = database;
    this.#signer = signer;
    this.#limits = limits;
  }

  /** Who this key makes one, or null when it is unknown, revoked or not for operating. */
  async actorOfKey(sent: string): Promise<Actor | null> {
    if (!/^[\x21-\x7e]{1,200}$/.test(sent)) return null;
    const hash = createHash('sha256').update(sent).digest();
    const key = await findApiKey(this.#database, hash.toString('hex'));
    if (!key || !sameHash(Buffer.from(key.hash, 'hex'), hash)) return null;
    return actorOf(key, null);
  }

  logIn(actor: Actor, now: number): Session {
    return startSession(actor.keyId, now, this.#limits);
  }

  async visitOf(cookie: string | undefined, now: number): Promise<Visit | null> {
    const session = cookie === undefined ? null : openSession(this.#signer, cookie, now);
    if (!session || this.#ended.has(session.id)) return null;
    const key = await findApiKeyById(this.#database, session.keyId);
    const actor = key && actorOf(key, session);
    return actor && { actor, session, renewed: renewSession(session, now, this.#limits) };
  }

  /** Ends a session for good, in this process; a copy of its cookie is worth nothing any more. */
  logOut(session: Session, now: number): void {
    for (const [id, until] of this.#ended) if (until <= now) this.#ended.delete(id);
    this.#ended.set(session.id, session.startedAt + this.#limits.maxMs);
  }
}

function actorOf(key: ApiKeyRow, session: Session | null): Actor | null {
  const role = roleOf(key);
  return role && { keyId: key.id, role, session };
}

const sameHash = (a: Buffer, b: Buffer): boolean => a.length === b.length && timingSafeEqual(a, b);
