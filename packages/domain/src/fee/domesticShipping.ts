import type { FeeModel } from './feeModel.ts';

export type ServiceLevel = 'standard' | 'free_economy' | 'expedited' | 'two_day' | 'one_day';

/** Business days from hand-over to delivery, both inclusive. */
export interface TransitDays {
  readonly min: number;
  readonly max: number;
}

export interface DomesticServiceLevel {
  readonly level: ServiceLevel;
  readonly transitDays: TransitDays;
  readonly fee: FeeModel;
}

/** The domestic half of a template (R9): one uniform promise and fee per service level across the continental United States. */
export interface DomesticShipping {
  readonly serviceLevels: readonly DomesticServiceLevel[];
}
