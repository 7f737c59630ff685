import type { CarrierName, ShipmentOrder } from '../desk/shipment.ts';

export type Operation = 'quote' | 'buy' | 'look_up' | 'void' | 'track' | 'statement';

export interface NewCall {
  readonly carrier: CarrierName;
  readonly operation: Operation;
  readonly key?: string | undefined;
  readonly reference?: string | undefined;
  readonly bodyHash?: string | undefined;
  readonly fault?: string | undefined;
}

export interface NewCharge {
  readonly carrier: CarrierName;
  readonly shipmentId: string;
  readonly key: string | undefined;
  readonly bodyHash: string;
  readonly minor: number;
  readonly order: ShipmentOrder;
}

export interface Charge extends NewCharge {
  readonly seq: number;
  readonly at: Date;
  readonly trackingId: string;
  readonly currency: 'USD';
  readonly voided: { readonly at: Date; readonly refundMinor: number } | undefined;
}

/** What a carrier's scanners report, in the order a parcel usually sees them. */
export const scanCodes = [
  'first_scan',
  'departed',
  'arrived',
  'out_for_delivery',
  'delivery_attempted',
  'delivered',
  'lost',
  'rejected',
  'undeliverable',
  'return_initiated',
] as const;
export type ScanCode = (typeof scanCodes)[number];

/** What is billed beside charges and refunds, which bill themselves. */
export type BilledLater = 'adjustment' | 'duty';

/** One line of a carrier's statement; cents, below zero only for an adjustment in the customer's favour. */
export interface StatementLine {
  readonly lineNo: number;
  readonly at: Date;
  readonly kind: 'charge' | 'refund' | BilledLater;
  readonly reference: string;
  readonly shipmentId: string;
  readonly minor: number;
  readonly currency: 'USD';
}

export interface ChargeRow {
  readonly seq: number;
  readonly at: number;
  readonly carrier: CarrierName;
  readonly shipment_id: string;
  readonly tracking_id: string;
  readonly key: string | null;
  readonly body_hash: string;
  readonly minor: number;
  readonly shipment: string;
  readonly voided_at: number | null;
  readonly refunded_minor: number | null;
}

export const chargeOf = (row: ChargeRow): Charge => ({
  seq: row.seq,
  at: new Date(row.at),
  carrier: row.carrier,
  shipmentId: row.shipment_id,
  trackingId: row.tracking_id,
  key: row.key ?? undefined,
  bodyHash: row.body_hash,
  minor: row.minor,
  currency: 'USD',
  order: JSON.parse(row.shipment) as ShipmentOrder,
  voided: row.voided_at === null ? undefined : { at: new Date(row.voided_at), refundMinor: row.refunded_minor ?? 0 },
});
