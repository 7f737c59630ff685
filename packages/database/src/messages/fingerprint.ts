import { createHash } from 'node:crypto';

/** Stands in for the fingerprint of messages that were dead before there was one. */
export const noFingerprint = 'unknown';

/** What an error names itself by, and its code: `DatabaseError 23505`, which tells failures apart and is kept as it is. */
const named = /^[A-Za-z]*Error(?: [\w.]{1,40})?(?=: )/;

/** What one failure says of its own case, in the order in which it is taken out. */
const ownCase: readonly (readonly [RegExp, string])[] = [
  [/"[^"]*"|'[^']*'|`[^`]*`|“[^”]*”|‘[^’]*’|«[^»]*»|„[^“”]*[“”]/g, '…'],
  [/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi, '…'],
  [/\b[a-z]{2,12}_[0-9a-z]{16,}\b/gi, '…'],
  [/\b(?=[0-9a-f]*\d)[0-9a-f]{12,}\b/gi, '…'],
  // A word with a number in it is an id too: T4711, A1B2-77.
  [/[\p{L}\p{N}_-]*\p{N}[\p{L}\p{N}_.:-]*/gu, '#'],
  [/\s+/g, ' '],
];

/** A reason without ids, numbers and quoted values: the same for everything that failed alike. */
export function reasonAlike(reason: string): string {
  const name = named.exec(reason)?.[0] ?? '';
  const rest = ownCase.reduce((text, [own, stand]) => text.replace(own, stand), reason.slice(name.length));
  return (name + rest).trim();
}

/** Twelve hexadecimal digits that all messages share which died alike: same queue, same job, same kind of reason. */
export const fingerprintOf = (message: { readonly queue: string; readonly name: string }, reason: string): string =>
  createHash('sha256')
    .update(JSON.stringify([message.queue, message.name, reasonAlike(reason)]))
    .digest('hex')
    .slice(0, 12);
