import type { Address, LabelFormat, Money } from '@ge/domain';

/** What is put on the scales: whole grams, whole millimetres. */
export interface ParcelMeasures {
  readonly weightGrams: number;
  readonly lengthMm: number;
  readonly widthMm: number;
  readonly heightMm: number;
}

/** One line of the customs declaration, in the carrier-neutral form. */
export interface CustomsLine {
  readonly description: string;
  /** 6–10 digits. */
  readonly hsCode: string;
  /** ISO 3166-1 alpha-2. */
  readonly originCountry: string;
  readonly quantity: number;
  readonly unitValue: Money;
  readonly unitWeightGrams: number;
}

/** What a carrier has to know to price a parcel. Addresses are personal data. */
export interface QuoteRequest {
  readonly shipFrom: Address;
  readonly shipTo: Address;
  readonly parcel: ParcelMeasures;
  readonly declaredValue: Money;
  /** The day the parcel is handed over, `2026-11-22`. */
  readonly shipDate: string;
  /** The day promised to the buyer; offers that cannot keep it are refused or lose their protection (R22). */
  readonly deliverBy?: string | undefined;
  readonly hasDangerousGoods: boolean;
  /** What customs will be told. With the three that follow: what a carrier must know already that keeps what it quoted. */
  readonly lines: readonly CustomsLine[];
  readonly labelFormat: LabelFormat;
  readonly exportFiling?: string | undefined;
  readonly recipientTaxId?: string | undefined;
  /** What people find the shipment by at such a carrier, at most 100 characters; no personal data. */
  readonly orderReference?: string | undefined;
}

/**
 * One decision to buy one label. Everything that goes over the wire derives from it, so that a repeat is the same request.
 * All duties are paid by the carrier and billed to the programme (DDP, R23).
 */
export interface PurchaseIntent {
  /** Our id of the intent (the label's id), at most 35 of `A–Z a–z 0–9 _ -`: the carrier keeps it as its client reference. */
  readonly intentId: string;
  readonly offerToken: string;
  readonly serviceId: string;
  readonly shipFrom: Address;
  readonly shipTo: Address;
  readonly parcel: ParcelMeasures;
  readonly lines: readonly CustomsLine[];
  readonly shipDate: string;
  readonly labelFormat: LabelFormat;
  /** Also ask for the commercial invoice as PDF. */
  readonly withInvoice: boolean;
  /** Identity number of the buyer where the destination asks for one. Personal data. */
  readonly recipientTaxId?: string | undefined;
  /** ITN (`X` and 14 digits) or the exemption legend, for instance `NO EEI 30.37(a)`. */
  readonly exportFiling?: string | undefined;
}

/**
 * A purchase ready to be sent: the same key and the same bytes at every repeat.
 * `body` holds addresses: it may be kept where addresses may be kept, or be prepared again and checked against `bodyHash`.
 */
export interface PreparedPurchase {
  readonly carrierId: string;
  readonly idempotencyKey: string;
  readonly reference: string;
  readonly offerToken: string;
  readonly body: string;
  /** SHA-256 of `body`, hex. */
  readonly bodyHash: string;
}

/** What names a purchase at the carrier after it was sent. */
export interface PurchaseReference {
  readonly idempotencyKey: string;
  readonly reference: string;
  /** The offer that was bought: where a carrier keeps what it quoted, the shipment is found by it. */
  readonly offerToken: string;
}
