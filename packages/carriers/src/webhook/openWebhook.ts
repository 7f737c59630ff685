import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Delivery, ToldScans, WireSignature } from '../port/webhook.ts';
import { type CarrierId, webhookDialects } from '../registry.ts';
import { parsedJson } from '../wire/parsedJson.ts';

/** How long before and after now a delivery may have been signed: older ones could be somebody's recording. */
const WINDOW_MS = 5 * 60_000;

/** The secrets of one carrier by key id. Two while a key is changed: the old one goes on until the carrier signs with the new. */
export type WebhookKeys = Readonly<Record<string, string>>;

export type OpenedDelivery =
  | ({ readonly kind: 'opened' } & ToldScans)
  /** Nobody knows who sent it. */
  | { readonly kind: 'unsigned'; readonly reason: 'signature_missing' | 'key_unknown' | 'signature_wrong' | 'not_now' }
  /** The carrier sent it, and it says nothing that is understood. */
  | { readonly kind: 'unreadable' };

/**
 * Believes a delivery of a carrier by its signature alone, compared in constant time, and reads it. The signature is checked
 * before the time, so that nobody without a secret learns which of the two was wrong.
 */
export function openWebhook(carrierId: CarrierId, keys: WebhookKeys, delivery: Delivery, now: Date): OpenedDelivery {
  const dialect = webhookDialects[carrierId];
  const signature = dialect.readSignature(delivery.headers);
  if (!signature) return { kind: 'unsigned', reason: 'signature_missing' };
  const { keyId, moment } = signature;
  const candidates = Object.entries(keys).filter(([id]) => keyId === undefined || id === keyId);
  if (candidates.length === 0) return { kind: 'unsigned', reason: 'key_unknown' };
  const keyOf = dialect.keyOf ?? ((secret: string) => secret);
  if (!candidates.some(([, secret]) => isSignedWith(keyOf(secret), signature, delivery.body)))
    return { kind: 'unsigned', reason: 'signature_wrong' };
  const isNow = !moment || Math.abs(now.getTime() - moment.signedAt.getTime()) <= WINDOW_MS;
  if (!isNow) return { kind: 'unsigned', reason: 'not_now' };
  const told = dialect.readScans(parsedJson(Buffer.from(delivery.body).toString('utf8')));
  return told ? { kind: 'opened', ...told } : { kind: 'unreadable' };
}

function isSignedWith(key: string, { moment, digest }: WireSignature, body: Uint8Array): boolean {
  const hmac = createHmac('sha256', key);
  if (moment) hmac.update(`${moment.text}.`);
  const expected = hmac.update(body).digest();
  return digest.length === expected.length && timingSafeEqual(digest, expected);
}
