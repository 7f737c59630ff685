import type { LabelId, OrderId, SellerId } from '../identity/ids.ts';
import type { CarrierAbilities } from '../label/carrierAbilities.ts';
import { MAX_LOOK_UPS } from '../label/labelLookUp.ts';
import type { LabelPurchase } from '../label/labelPurchase.ts';
import { isUndecidedLabel } from '../label/labelTransitions.ts';
import type { VoidOutcome } from '../label/labelVoid.ts';
import type { Money } from '../money/money.ts';
import { accept, type Decision, refuse } from '../refusal/refusal.ts';
import type { StatementDifference, StatementLine } from './carrierStatement.ts';
import { reclaimReasons, reclaimRefusals } from './reclaimReasons.ts';

const DAY_MS = 86_400_000;

/** `requested`: to be asked for. `sent`: the carrier may have been asked. `given`: the charge is taken back. `refused`: a person's affair. */
export type ReclaimState = 'requested' | 'sent' | 'given' | 'refused';

/** Which charges the carrier is asked to take back without anybody saying so. */
export type ReclaimPolicy = 'off' | 'charged_again' | 'all';

/** Why a charge is not taken back where no carrier said why. */
export type OwnReclaimReason = 'own_shipment' | 'label_open' | 'carrier_silent' | 'given_up';

/** A shipment that was charged beside the one its label holds; its void is asked for until the carrier has answered, and after that only where a person says so. */
export interface ChargeReclaim {
  readonly carrierId: string;
  readonly shipmentRef: string;
  readonly labelId: LabelId;
  readonly orderId: OrderId;
  readonly sellerId: SellerId;
  readonly charged: Money;
  readonly state: ReclaimState;
  /** Grows with every claim; an answer to an older one is not written down. */
  readonly fence: number;
  readonly leaseUntil: Date | null;
  /** Calls without an answer. */
  readonly unanswered: number;
  readonly refund: Money | null;
  /** A carrier's refusal code or an `OwnReclaimReason`; `reclaimProblem` has it in words. */
  readonly reason: string | null;
  readonly requestedAt: Date;
  readonly sentAt: Date | null;
  readonly endedAt: Date | null;
}

type ChargedLabel = Pick<
  LabelPurchase,
  'id' | 'orderId' | 'sellerId' | 'carrierId' | 'state' | 'shipmentRef' | 'sentAt' | 'endedAt'
>;

/** What is known when a charge is found that the books do not have. */
export interface ReclaimContext {
  readonly label: ChargedLabel;
  readonly difference: StatementDifference;
  /** Shipments of the label's reference that the statement charges, and those it gives back. */
  readonly charged: ReadonlySet<string>;
  readonly refunded: ReadonlySet<string>;
  /** Whether the shipment's void was asked for before, whatever became of it. */
  readonly isKnown: boolean;
  readonly policy: ReclaimPolicy;
  readonly carrier: Pick<CarrierAbilities, 'horizonMs' | 'voidWindowDays'>;
  /** When the carrier was asked for this page of its statement. */
  readonly readAt: Date;
}

/**
 * Whether the carrier is asked to take a charge back: null, or what is to be asked for. Only for what nobody can have printed.
 * - The shipment is not the one that the label holds, and its void was never asked for.
 * - The label is settled, and the statement is younger than that by the time in which a charge may still land.
 * - It was charged after the purchase was sent from this very database: what is older may be what another one, of which this is
 *   a backup, has bought and printed.
 * - `charged_again`: the statement charges the label's own shipment, too, and has not given it back behind our back; else the
 *   two may be one under two names, or the further one may have taken its place.
 * - The carrier's time for voids has not passed.
 */
export function decideReclaim(line: StatementLine, context: ReclaimContext, now: Date): ChargeReclaim | null {
  const { label, difference, policy, carrier, readAt } = context;
  if (line.kind !== 'charge' || context.isKnown || !isWanted(difference, policy)) return null;
  if (line.carrierId !== label.carrierId || line.reference !== label.id) return null;
  if (whyNotReclaimed(line, label) !== null || context.refunded.has(line.shipmentRef)) return null;
  if (label.sentAt === null || label.endedAt === null || line.at < label.sentAt) return null;
  if (label.endedAt.getTime() + carrier.horizonMs > readAt.getTime()) return null;
  if (now.getTime() > line.at.getTime() + carrier.voidWindowDays * DAY_MS) return null;
  if (difference === 'charged_again' && !isOwnCharged(label, context)) return null;
  const { shipmentRef, minor, currency } = line;
  return openReclaim(label, shipmentRef, { minor, currency }, now);
}

/**
 * What is asked back of a shipment that was charged beside the one of a label. A look-up that finds such charges beside the one
 * that the label keeps needs no more to be known: the carrier itself has just told which of them came first.
 */
export const openReclaim = (
  { id, carrierId, orderId, sellerId }: Pick<LabelPurchase, 'id' | 'carrierId' | 'orderId' | 'sellerId'>,
  shipmentRef: string,
  charged: Money,
  now: Date,
): ChargeReclaim => ({
  ...{ carrierId, shipmentRef, labelId: id, orderId, sellerId, charged },
  ...{ state: 'requested', fence: 0, leaseUntil: null, unanswered: 0, refund: null, reason: null },
  ...{ requestedAt: now, sentAt: null, endedAt: null },
});

/** Asked again before each call: what stands against it, or null. */
export function whyNotReclaimed(
  { shipmentRef }: Pick<ChargeReclaim, 'shipmentRef'>,
  label: Pick<LabelPurchase, 'state' | 'shipmentRef'>,
): OwnReclaimReason | null {
  if (label.shipmentRef === shipmentRef) return 'own_shipment';
  return isUndecidedLabel(label) ? 'label_open' : null;
}

/** Takes it for `leaseMs`; null while somebody else holds it. Ended ones are nobody's to take. */
export function claimReclaim(reclaim: ChargeReclaim, leaseMs: number, now: Date): ChargeReclaim | null {
  if (reclaim.leaseUntil !== null && reclaim.leaseUntil > now) return null;
  const leaseUntil = new Date(now.getTime() + leaseMs);
  return { ...reclaim, state: 'sent', fence: reclaim.fence + 1, leaseUntil, sentAt: reclaim.sentAt ?? now };
}

/** What the carrier said; null where somebody else has taken it meanwhile. A lost answer leaves it `sent`, to be asked again. */
export function settleReclaim(
  reclaim: ChargeReclaim,
  fence: number,
  outcome: VoidOutcome,
  refund: Money | null,
  now: Date,
): ChargeReclaim | null {
  if (reclaim.state !== 'sent' || reclaim.fence !== fence) return null;
  const free = { ...reclaim, leaseUntil: null };
  switch (outcome.kind) {
    case 'voided':
      return { ...free, state: 'given', refund, endedAt: now };
    case 'refused':
      return endReclaim(free, outcome.code, now);
    case 'pending':
      return { ...free, unanswered: 0 };
    case 'unknown': {
      const asked = { ...free, unanswered: reclaim.unanswered + 1 };
      return asked.unanswered < MAX_LOOK_UPS ? asked : endReclaim(asked, 'carrier_silent', now);
    }
  }
}

/** It ends without the charge being taken back: a person's affair. The same where it has ended. */
export function endReclaim(reclaim: ChargeReclaim, reason: string, now: Date): ChargeReclaim {
  if (isEndedReclaim(reclaim)) return reclaim;
  return { ...reclaim, state: 'refused', reason, leaseUntil: null, endedAt: now };
}

/** A refused one is asked for once more, since a person says so. Not what has not ended or was given, nor what is not to be taken back. */
export function askAgain(
  reclaim: ChargeReclaim,
  label: Pick<LabelPurchase, 'state' | 'shipmentRef'>,
): Decision<ChargeReclaim> {
  const { state } = reclaim;
  if (state !== 'refused') return refuse(reclaimRefusals.refusal('reclaim.not_refused', '', { state }));
  const reason = whyNotReclaimed(reclaim, label);
  if (reason) return refuse(reclaimReasons.refusal(`reclaim.${reason}`, ''));
  return accept({ ...reclaim, state: 'requested', reason: null, unanswered: 0, endedAt: null });
}

export const isEndedReclaim = ({ state }: Pick<ChargeReclaim, 'state'>): boolean =>
  state === 'given' || state === 'refused';

const isWanted = (difference: StatementDifference, policy: ReclaimPolicy): boolean =>
  (difference === 'charged_again' && policy !== 'off') || (difference === 'not_written_down' && policy === 'all');

function isOwnCharged({ shipmentRef, state }: ChargedLabel, { charged, refunded }: ReclaimContext): boolean {
  if (shipmentRef === null || !charged.has(shipmentRef)) return false;
  return state === 'voided' || !refunded.has(shipmentRef);
}
