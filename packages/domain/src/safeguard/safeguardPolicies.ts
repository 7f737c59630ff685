import type { PolicyPeriod } from '../region/policyPeriod.ts';
import { inForce } from '../region/policyPeriod.ts';

/** What a performance safeguard covers (R22). */
export type SafeguardKind = 'negative_feedback' | 'a_to_z_claim' | 'valid_tracking_rate';

/** One thing that must be so, for every parcel of the order. */
export type SafeguardCondition =
  | 'label_bought_here'
  | 'service_protected'
  | 'first_scan_by_ship_by'
  | 'refunded_by_platform'
  | 'cancelled_without_fault';

type ConditionsByKind = Readonly<Record<SafeguardKind, readonly SafeguardCondition[]>>;

export interface SafeguardPolicy extends PolicyPeriod {
  readonly id: string;
  readonly conditions: ConditionsByKind;
  /** The same for an order that was cancelled through no fault of the seller: there is no parcel to judge (R13). */
  readonly conditionsWhenCancelled: ConditionsByKind;
  /** Days added to the delivery promise where the carrier asks the buyer for an identity number. */
  readonly identityCheckDays: number;
}

const shipped = ['label_bought_here', 'first_scan_by_ship_by'] as const;
const protectedShipped = ['label_bought_here', 'service_protected', 'first_scan_by_ship_by'] as const;

const withoutFault: ConditionsByKind = {
  negative_feedback: ['cancelled_without_fault'],
  a_to_z_claim: ['cancelled_without_fault', 'refunded_by_platform'],
  valid_tracking_rate: ['cancelled_without_fault'],
};

/**
 * Versions of the safeguards; an order is judged by the one of the day it was placed. Rows are never removed.
 * The first version knew no protected services; the days on which versions change are this programme's own.
 */
export const safeguardPolicies: readonly SafeguardPolicy[] = [
  {
    id: 'SG-1',
    from: '1970-01-01',
    until: '2024-01-01',
    conditions: {
      negative_feedback: shipped,
      a_to_z_claim: [...shipped, 'refunded_by_platform'],
      valid_tracking_rate: shipped,
    },
    conditionsWhenCancelled: withoutFault,
    identityCheckDays: 10,
  },
  {
    id: 'SG-2',
    from: '2024-01-01',
    conditions: {
      negative_feedback: protectedShipped,
      a_to_z_claim: [...protectedShipped, 'refunded_by_platform'],
      valid_tracking_rate: protectedShipped,
    },
    conditionsWhenCancelled: withoutFault,
    identityCheckDays: 10,
  },
];

/** The version in force on the day (UTC) of that moment. */
export function safeguardPolicyAt(moment: Date): SafeguardPolicy {
  const policy = safeguardPolicies.find((candidate) => inForce(candidate, moment));
  if (!policy) throw new RangeError('no safeguard policy for that day');
  return policy;
}
