import type { Money } from '../money/money.ts';

/** Lithium cells or batteries in one package, as the battery's test summary states them. */
export interface LithiumBatteries {
  readonly chemistry: 'lithium_ion' | 'lithium_metal';
  /** `alone`: nothing but batteries; `with_equipment`: beside the device; `in_equipment`: inside it. */
  readonly packing: 'alone' | 'with_equipment' | 'in_equipment';
  readonly form: 'cell' | 'battery';
  /** Cells or batteries in the package. */
  readonly count: number;
  /** Rating of one cell or battery (lithium ion). */
  readonly wattHours?: number | null | undefined;
  /** Lithium content of one cell or battery (lithium metal), in grams. */
  readonly lithiumGrams?: number | null | undefined;
  /** Net weight of all batteries in the package. */
  readonly netWeightGrams?: number | null | undefined;
  /** 0–100 (lithium ion). */
  readonly stateOfChargePercent?: number | null | undefined;
}

export interface DangerousGoods {
  /** `UN` and four digits, for instance `UN3481`. */
  readonly unNumber: string;
  readonly lithium?: LithiumBatteries | null | undefined;
}

/** What the producer says of a product for crossing a border; a part not yet known is left out or null. */
export interface ExportData {
  /** A code of `productCategories`. */
  readonly category: string;
  /** 6–10 digits of the Harmonized System, dots allowed. */
  readonly hsCode?: string | null | undefined;
  /** ISO 3166-1 alpha-2: where it was made. */
  readonly originCountry?: string | null | undefined;
  /** Whole grams of one item as shipped. */
  readonly weightGrams?: number | null | undefined;
  /** Customs value of one item. */
  readonly value?: Money | null | undefined;
  readonly dangerousGoods?: DangerousGoods | null | undefined;
}
