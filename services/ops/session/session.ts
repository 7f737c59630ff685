import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Signer } from './signer.ts';

/** A login. Lives in the browser's cookie, signed; times in epoch milliseconds. */
export interface Session {
  readonly id: string;
  /** The API key it stands on: revoking that ends the session at once. */
  readonly keyId: string;
  readonly startedAt: number;
  readonly expiresAt: number;
}

export interface SessionLimits {
  readonly idleMs: number;
  readonly maxMs: number;
}

const shape = z.strictObject({
  id: z.string(),
  keyId: z.string(),
  startedAt: z.number(),
  expiresAt: z.number(),
});

export const startSession = (keyId: string, now: number, limits: SessionLimits): Session => ({
  id: randomBytes(16).toString('base64url'),
  keyId,
  startedAt: now,
  expiresAt: now + Math.min(limits.idleMs, limits.maxMs),
});

/** The session with its end moved on, or null while the cookie in the browser is fresh enough. */
export function renewSession(session: Session, now: number, { idleMs, maxMs }: SessionLimits): Session | null {
  const expiresAt = Math.min(now + idleMs, session.startedAt + maxMs);
  return expiresAt - session.expiresAt > idleMs / 10 ? { ...session, expiresAt } : null;
}

export function sealSession(signer: Signer, session: Session): string {
  const text = Buffer.from(JSON.stringify(session)).toString('base64url');
  return `${text}.${signer.sign('session', text)}`;
}

/** The session of a cookie, or null for one that is forged, broken or over. */
export function openSession(signer: Signer, cookie: string, now: number): Session | null {
  const [text, signature, ...rest] = cookie.split('.');
  if (!text || !signature || rest.length > 0 || !signer.check('session', text, signature)) return null;
  // Signed by this service, so it is JSON; the shape may still be that of an older release.
  const session = shape.safeParse(JSON.parse(Buffer.from(text, 'base64url').toString()));
  return session.success && now < session.data.expiresAt ? session.data : null;
}
