import type { LabelId } from '../identity/ids.ts';
import type { LabelPurchase } from '../label/labelPurchase.ts';
import { isBoughtLabel } from '../label/labelTransitions.ts';
import { isWhollyLabelled } from '../order/labelledPieces.ts';
import type { Order } from '../order/order.ts';
import type { Refusal } from '../refusal/refusal.ts';
import { calendarDateIn } from '../time/dayIn.ts';
import { type SafeguardCondition, type SafeguardKind, safeguardPolicyAt } from './safeguardPolicies.ts';
import { safeguardRefusals } from './safeguardRefusals.ts';

export interface SafeguardEvidence {
  readonly labels: readonly LabelPurchase[];
  /** First carrier scan of each label that has one. */
  readonly firstScans: ReadonlyMap<LabelId, Date>;
}

export interface ChecklistItem {
  readonly condition: SafeguardCondition;
  readonly met: boolean;
  /** What is missing, parcel by parcel; empty when met. */
  readonly reasons: readonly Refusal[];
}

export interface SafeguardVerdict {
  readonly kind: SafeguardKind;
  /** Does not count against the seller. */
  readonly isProtected: boolean;
  readonly checklist: readonly ChecklistItem[];
  /** The version that was in force when the order was placed. */
  readonly policyId: string;
}

export type SafeguardVerdicts = Readonly<Record<SafeguardKind, SafeguardVerdict>>;

/**
 * The three verdicts on an order (R22), each with its whole checklist. All of the order must have labels bought here, and
 * every parcel must hold every condition; an order cancelled through no fault of the seller has none and is covered without
 * one (R13).
 * A scan is on time to the end of the ship-by date in the zone the seller had when the order came in; `timeZone` is the one to
 * tell the days in. Throws RangeError on an unknown zone.
 */
export function judgeSafeguards(order: Order, evidence: SafeguardEvidence, timeZone: string): SafeguardVerdicts {
  const policy = safeguardPolicyAt(order.createdAt);
  const parcels = travellingLabels(evidence);
  const conditions = isCancelledWithoutFault(order) ? policy.conditionsWhenCancelled : policy.conditions;
  const judge = (kind: SafeguardKind): SafeguardVerdict => {
    const checklist = conditions[kind].map((condition): ChecklistItem => {
      const reasons = missing[condition]({ order, evidence, parcels, timeZone });
      return { condition, met: reasons.length === 0, reasons };
    });
    return { kind, isProtected: checklist.every(({ met }) => met), checklist, policyId: policy.id };
  };
  return {
    negative_feedback: judge('negative_feedback'),
    a_to_z_claim: judge('a_to_z_claim'),
    valid_tracking_rate: judge('valid_tracking_rate'),
  };
}

const isCancelledWithoutFault = ({ state, countsAgainstSeller }: Order): boolean =>
  state === 'cancelled' && countsAgainstSeller === false;

interface Case {
  readonly order: Order;
  readonly evidence: SafeguardEvidence;
  readonly parcels: readonly LabelPurchase[];
  readonly timeZone: string;
}

const { refusal } = safeguardRefusals;

const missing: Readonly<Record<SafeguardCondition, (c: Case) => readonly Refusal[]>> = {
  label_bought_here: ({ order, parcels }) => {
    if (!order.isGlobalExpress) return [refusal('safeguard.not_ge', '')];
    if (parcels.length === 0) return [refusal('safeguard.no_label', '')];
    return isWhollyLabelled(order, parcels) ? [] : [refusal('safeguard.part_without_label', '')];
  },
  service_protected: ({ parcels }) =>
    unlessEmpty(parcels, (label) =>
      label.isProtected
        ? []
        : [refusal('safeguard.service_unprotected', '', { parcelNo: label.parcelNo, serviceId: label.serviceId })],
    ),
  first_scan_by_ship_by: ({ order, evidence, parcels, timeZone }) =>
    unlessEmpty(parcels, ({ id, parcelNo }) => {
      const scan = evidence.firstScans.get(id);
      if (!scan) return [refusal('safeguard.not_scanned', '', { parcelNo })];
      // By the moment, not by the days: the seller may have moved to another zone since the order came in.
      if (scan.getTime() <= order.shipBy.getTime()) return [];
      const [scanDate, shipByDate] = [calendarDateIn(timeZone, scan), calendarDateIn(timeZone, order.shipBy)];
      return [refusal('safeguard.scanned_late', '', { parcelNo, scanDate, shipByDate, timeZone })];
    }),
  refunded_by_platform: ({ order }) =>
    order.refundedBy === 'platform' ? [] : [refusal('safeguard.not_refunded_by_platform', '')],
  cancelled_without_fault: ({ order }) => (order.isGlobalExpress ? [] : [refusal('safeguard.not_ge', '')]),
};

const unlessEmpty = (
  parcels: readonly LabelPurchase[],
  reasons: (label: LabelPurchase) => readonly Refusal[],
): readonly Refusal[] => (parcels.length === 0 ? [refusal('safeguard.no_label', '')] : parcels.flatMap(reasons));

/** The label each parcel travels with: where a refused void left two, the one that was scanned, else the later one. */
function travellingLabels({ labels, firstScans }: SafeguardEvidence): readonly LabelPurchase[] {
  const byParcel = new Map<number, LabelPurchase>();
  for (const label of labels.filter(isBoughtLabel).toSorted((a, b) => a.createdAt.getTime() - b.createdAt.getTime())) {
    const earlier = byParcel.get(label.parcelNo);
    if (!earlier || !firstScans.has(earlier.id) || firstScans.has(label.id)) byParcel.set(label.parcelNo, label);
  }
  return [...byParcel.keys()].sort((a, b) => a - b).map((parcelNo) => byParcel.get(parcelNo)!);
}
