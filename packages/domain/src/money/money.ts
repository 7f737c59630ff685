/** ISO 4217 codes this programme settles in. */
export type Currency = 'USD' | 'CAD' | 'MXN' | 'GBP' | 'EUR' | 'JPY' | 'CNY';

/** An amount in integer minor units (cents; JPY has none, so yen). Never a float. */
export interface Money {
  readonly minor: number;
  readonly currency: Currency;
}
