import { z } from 'zod';
import { carrierNames } from '../desk/shipment.ts';
import type { Ledger } from '../ledger/ledger.ts';

const page = {
  after: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
};
const name = z.string().min(1).max(100).optional();
const chargeQuery = z.object({
  ...page,
  carrier: z.enum(carrierNames).optional(),
  reference: name,
  trackingId: name,
});
const callQuery = z.object({ ...page, reference: z.string().max(100).optional() });

const nextAfter = (entries: readonly { readonly seq: number }[], limit: number): number | null =>
  entries.length < limit ? null : (entries.at(-1)?.seq ?? null);

/** Charges in the order they were made, without the addresses; `next` is the `after` of the following page. */
export function chargePage(ledger: Ledger, query: unknown) {
  const { after, limit, ...only } = chargeQuery.parse(query);
  const charges = ledger.page(after, limit, only).map((charge) => ({
    seq: charge.seq,
    at: charge.at.toISOString(),
    carrier: charge.carrier,
    shipmentId: charge.shipmentId,
    trackingId: charge.trackingId,
    reference: charge.order.reference,
    idempotencyKey: charge.key ?? null,
    bodyHash: charge.bodyHash,
    serviceId: charge.order.serviceCode,
    chargedMinor: charge.minor,
    currency: charge.currency,
    voidedAt: charge.voided?.at.toISOString() ?? null,
    refundedMinor: charge.voided?.refundMinor ?? 0,
    scans: ledger.scans(charge.trackingId).map(({ code, at }) => ({ code, at: at.toISOString() })),
  }));
  return { charges, next: nextAfter(charges, limit) };
}

/** Calls as they came in, those that were refused or went wrong among them. */
export function callPage(ledger: Ledger, query: unknown) {
  const { after, limit, reference } = callQuery.parse(query);
  const only = reference ?? null;
  const calls = ledger
    .prepared('select * from calls where seq > ? and (? is null or reference = ?) order by seq limit ?')
    .all(after, only, only, limit)
    .map((row) => ({
      seq: Number(row.seq),
      at: new Date(Number(row.at)).toISOString(),
      carrier: row.carrier,
      operation: row.operation,
      idempotencyKey: row.key,
      reference: row.reference,
      bodyHash: row.body_hash,
      fault: row.fault,
    }));
  return { calls, next: nextAfter(calls, limit) };
}
