import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Route } from '@ge/api';
import { canonical } from './canonical.ts';
import { HttpRefusal, Malformed } from './refused.ts';

/** The `Idempotency-Key` of a write, or null. Throws Malformed for one that is not usable. */
export function idempotencyKeyOf(request: IncomingMessage, route: Route): string | null {
  const key = request.headers['idempotency-key'];
  if (key === undefined || route.method === 'GET') return null;
  const field = '/header/idempotency-key';
  if (typeof key !== 'string' || !/^[\x21-\x7e]{1,200}$/.test(key)) {
    throw new Malformed([{ field, code: 'schema.invalid_format', message: '1–200 × [!-~]' }]);
  }
  return key;
}

/** What makes two requests the same: route, path, query and body, in whatever order the body's keys come. */
export const requestHash = (route: Route, parts: unknown): string =>
  createHash('sha256').update(`${route.id}\n`).update(canonical(parts)).digest('hex');

/** Throws `http.idempotency_conflict` when the key was used for something else. */
export function checkSameRequest(kept: string, now: string): void {
  if (kept !== now) throw new HttpRefusal('http.idempotency_conflict');
}

/** The answer as it may be kept: null where the route says that personal data or a secret stand. */
export function keepable(route: Route, body: unknown): unknown {
  const kept = structuredClone(body);
  for (const pointer of route.notKept ?? []) {
    const names = pointer.slice(1).split('/');
    const last = names.pop()!;
    const holder = names.reduce<unknown>((node, name) => (node as Fields | undefined)?.[name], kept);
    if (typeof holder === 'object' && holder !== null && last in holder) (holder as Fields)[last] = null;
  }
  return kept;
}

type Fields = Record<string, unknown>;
