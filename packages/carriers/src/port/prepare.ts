import { hash } from 'node:crypto';
import type { PreparedPurchase, PurchaseIntent } from './shipment.ts';

const REFERENCE = /^[A-Za-z0-9_-]{1,35}$/;

export const sha256Hex = (data: string | Uint8Array): string => hash('sha256', data);

/**
 * The key a carrier recognises a repeat by. It derives from the intent alone: never from a job, an attempt or the body,
 * so that a changed body under the same intent is noticed by the carrier instead of being bought as something new.
 */
export const purchaseKey = (carrierId: string, intentId: string): string =>
  `ge-${sha256Hex(`label-purchase.${carrierId}.${intentId}`).slice(0, 40)}`;

/** Puts key, reference and hash to a body. Throws RangeError when `intentId` cannot serve as a carrier's client reference. */
export function preparePurchase(
  carrierId: string,
  { intentId, offerToken }: Pick<PurchaseIntent, 'intentId' | 'offerToken'>,
  body: unknown,
): PreparedPurchase {
  if (!REFERENCE.test(intentId)) throw new RangeError('intentId must be 1–35 of A–Z a–z 0–9 _ -');
  const text = JSON.stringify(body);
  return {
    carrierId,
    idempotencyKey: purchaseKey(carrierId, intentId),
    reference: intentId,
    offerToken,
    body: text,
    bodyHash: sha256Hex(text),
  };
}
