import type { Address } from '@ge/domain';
import type { Barcode } from '../barcode/barcode.ts';

/** What stands on a label. Holds personal data. */
export interface LabelContent {
  readonly carrierName: string;
  readonly serviceName: string;
  readonly trackingId: string;
  readonly trackingBarcode: Barcode;
  /** A second, GS1 barcode for sorting, where the carrier wants one. */
  readonly routingBarcode?: Barcode | undefined;
  /** Our reference, printed small. */
  readonly reference: string;
  /** `2026-11-22`. */
  readonly shipDate: string;
  readonly from: Address;
  readonly to: Address;
  readonly weightGrams: number;
  /** What is inside, short, for customs. */
  readonly contents: string;
  /** Printed large, for instance that the label comes from a simulator. */
  readonly notice?: string | undefined;
}

/** A label whose text does not fit; names the block, never its content. */
export class LabelContentError extends Error {
  override readonly name = 'LabelContentError';
}
