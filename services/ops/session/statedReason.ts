import { z } from 'zod';
import type { Signer } from './signer.ts';

/** How long a reason stands for what is done next, in milliseconds. */
export const reasonMs = 10 * 60_000;

/** Longest reason in characters. */
export const reasonLength = 200;

/** One line of printable text, as it is kept and shown. Empty for what says nothing. */
export const readReason = (text: unknown): string =>
  typeof text === 'string'
    ? text
        .toWellFormed()
        .replace(/\p{C}+/gu, ' ')
        .trim()
        .slice(0, reasonLength)
    : '';

const shape = z.strictObject({ session: z.string(), reason: z.string(), until: z.number() });

/** A reason as the browser keeps it: signed, and worth something in that session alone. Times in epoch milliseconds. */
export function sealReason(signer: Signer, session: string, reason: string, now: number): string {
  const text = Buffer.from(JSON.stringify({ session, reason, until: now + reasonMs })).toString('base64url');
  return `${text}.${signer.sign('reason', text)}`;
}

/** The reason that this session has stated, or null for none, an old one, or another session's. */
export function openReason(signer: Signer, session: string, cookie: string | undefined, now: number): string | null {
  const [text = '', signature = '', ...rest] = (cookie ?? '').split('.');
  if (rest.length > 0 || !signer.check('reason', text, signature)) return null;
  const kept = shape.safeParse(JSON.parse(Buffer.from(text, 'base64url').toString()));
  if (!kept.success || kept.data.session !== session || kept.data.until <= now) return null;
  return kept.data.reason;
}
