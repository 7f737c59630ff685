import type { Address, Money } from '@ge/domain';

export interface InvoiceLine {
  readonly description: string;
  readonly hsCode: string;
  readonly originCountry: string;
  readonly quantity: number;
  readonly unitValue: Money;
  readonly unitWeightGrams: number;
}

/** The declaration that crosses the border with the parcel; all lines in one currency. Holds personal data. */
export interface CommercialInvoice {
  readonly invoiceNumber: string;
  /** `2026-11-22`. */
  readonly date: string;
  readonly trackingId: string;
  readonly carrierName: string;
  readonly shipper: Address;
  readonly consignee: Address;
  readonly recipientTaxId?: string | undefined;
  readonly lines: readonly InvoiceLine[];
  readonly exportFiling?: string | undefined;
  readonly notice?: string | undefined;
}
