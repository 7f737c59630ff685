/** Both carriers of the simulator; each has its own wire format. */
export type HouseName = 'express' | 'parcel';

/** In whose name something is sold: a carrier's own, or that of the reseller of both. */
export const carrierNames = ['express', 'parcel', 'easypost'] as const;
export type CarrierName = (typeof carrierNames)[number];

export interface Party {
  readonly name: string;
  readonly lines: readonly string[];
  readonly city: string;
  readonly state?: string | undefined;
  readonly postalCode?: string | undefined;
  readonly country: string;
  readonly phone?: string | undefined;
}

/** Whole grams and millimetres, whatever units came over the wire. */
export interface Measures {
  readonly weightGrams: number;
  readonly lengthMm: number;
  readonly widthMm: number;
  readonly heightMm: number;
}

export interface GoodsLine {
  readonly description: string;
  readonly hsCode: string;
  readonly originCountry: string;
  readonly quantity: number;
  readonly unitValueMinor: number;
  readonly currency: string;
  readonly unitWeightGrams: number;
}

/** What is asked in a quote. */
export interface Enquiry {
  readonly shipDate: string;
  readonly fromCountry: string;
  readonly toCountry: string;
  readonly toLines: readonly string[];
  readonly parcel: Measures;
  readonly declaredMinor: number;
  readonly hasDangerousGoods: boolean;
}

export type ImageFormat = 'PDF' | 'PNG' | 'ZPL';

/** What is bought. Kept in the ledger so that documents can be printed again. */
export interface ShipmentOrder {
  readonly reference: string;
  readonly serviceCode: string;
  readonly offerToken: string;
  readonly shipDate: string;
  readonly from: Party;
  readonly to: Party;
  readonly parcel: Measures;
  readonly goods: readonly GoodsLine[];
  readonly image: { readonly format: ImageFormat; readonly dpi: 203 | 300 };
  readonly withInvoice: boolean;
  readonly incoterm: string;
  readonly recipientTaxId?: string | undefined;
  readonly exportFiling?: string | undefined;
}
