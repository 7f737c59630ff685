import { isActiveLabel, type LabelState } from '@ge/domain';
import { type EndedLabel, of } from './audit.ts';
import type { BookedCharge } from './carrierBook.ts';

/** A label with what is booked of it here, in cents. */
export interface BookedLabel extends EndedLabel {
  readonly orderId: string;
  /** The shipment it was charged as; null where nothing was bought. */
  readonly shipmentRef: string | null;
  readonly charged: Booked;
  readonly refunded: Booked;
  /** What was charged beside that shipment, and given back of it. */
  readonly further: { readonly charged: Booked; readonly refunded: Booked };
}

/** How often, and together how much. */
interface Booked {
  readonly times: number;
  readonly minor: number;
}

/** What was asked for beside the purchases. */
export interface AskedBack {
  /** Labels whose void was accepted. */
  readonly voids: ReadonlySet<string>;
  /** Labels that were asked for in place of these. */
  readonly replacements: ReadonlySet<string>;
}

export interface Voids {
  readonly voids: {
    readonly asked: number;
    readonly voided: number;
    readonly refused: number;
    readonly replaced: number;
  };
  readonly refunds: { readonly count: number; readonly atCarriersMinor: number; readonly bookedMinor: number };
  /** Labels whose charge or refund is booked otherwise than the carriers made it. */
  readonly misbooked: number;
  readonly violations: readonly string[];
}

const isBought: ReadonlySet<string> = new Set(['purchased', 'voiding', 'void_refused', 'voided']);

/**
 * What was taken back and what took its place, against the carriers' own book (R17, R23): each charge given back and booked once
 * where its label is voided and nowhere else, a refusal with its reason, one active label for an order. Charges are by our
 * labels. Pure.
 */
export function auditVoids(
  labels: readonly BookedLabel[],
  charges: readonly BookedCharge[],
  { voids: asked, replacements }: AskedBack,
): Voids {
  const byReference = Map.groupBy(charges, ({ reference }) => reference);
  const byShipment = new Map(charges.map((charge) => [charge.shipmentId, charge]));
  const chargeOf = ({ shipmentRef }: BookedLabel) => (shipmentRef === null ? undefined : byShipment.get(shipmentRef));
  const isGivenBack = (label: BookedLabel) => (chargeOf(label)?.voidedAt ?? null) !== null;
  const inState = (state: string) => labels.filter((label) => label.state === state);
  const voided = inState('voided');
  const refused = inState('void_refused');
  const unwanted = [...voided, ...refused].filter(({ id }) => !asked.has(id));
  const forgotten = inState('purchased').filter(({ id }) => asked.has(id));
  const keptBack = voided.filter((label) => !isGivenBack(label));
  const unsaid = labels.filter((label) => isGivenBack(label) && label.state !== 'voided' && label.state !== 'voiding');
  const silent = refused.filter(({ reason }) => reason === null);
  const misbooked = labels.filter((label) => {
    const { charged, refunded, state } = label;
    const paid = isBought.has(state) ? (chargeOf(label)?.chargedMinor ?? 0) : 0;
    const back = state === 'voided' ? (chargeOf(label)?.refundedMinor ?? 0) : 0;
    return !isBooked(charged, paid) || !isBooked(refunded, back);
  });
  const misbookedBeside = labels.filter(({ id, state, shipmentRef, further }) => {
    if (!isBought.has(state)) return further.charged.times + further.refunded.times > 0;
    const beside = (byReference.get(id) ?? []).filter(({ shipmentId }) => shipmentId !== shipmentRef);
    const back = beside.filter(({ voidedAt }) => voidedAt !== null);
    return (
      further.charged.times !== beside.length ||
      further.refunded.times !== back.length ||
      further.charged.minor !== beside.reduce((sum, { chargedMinor }) => sum + chargedMinor, 0) ||
      further.refunded.minor !== back.reduce((sum, { refundedMinor }) => sum + refundedMinor, 0)
    );
  });
  const active = labels.filter(({ state }) => isActiveLabel({ state: state as LabelState }));
  const rivals = [...Map.groupBy(active, ({ orderId }) => orderId).values()].filter(({ length }) => length > 1);
  const givenBack = labels.filter(isGivenBack);
  const replaced = labels.filter(({ id }) => replacements.has(id));
  const violations = [
    of(unwanted.length, 'labels were voided that nobody asked to void'),
    of(forgotten.length, 'voids were accepted and forgotten'),
    of(keptBack.length, 'labels are voided whose charge was not given back'),
    of(unsaid.length, 'charges were given back, and their labels do not say so'),
    of(silent.length, 'voids were refused without a reason'),
    of(misbooked.length, 'labels whose charge or refund is booked otherwise than the carriers made it'),
    of(misbookedBeside.length, 'labels beside which something is booked otherwise than the carriers made it'),
    of(rivals.length, 'orders have two active labels'),
    of(replacements.size - replaced.length, 'replacements were accepted and are lost'),
  ];
  return {
    voids: { asked: asked.size, voided: voided.length, refused: refused.length, replaced: replaced.length },
    refunds: {
      count: givenBack.length,
      atCarriersMinor: givenBack.reduce((sum, label) => sum + (chargeOf(label)?.refundedMinor ?? 0), 0),
      bookedMinor: labels.reduce((sum, { refunded }) => sum + refunded.minor, 0),
    },
    misbooked: misbooked.length + misbookedBeside.length,
    violations: violations.flat(),
  };
}

const isBooked = (booked: BookedLabel['charged'], minor: number): boolean =>
  booked.times === (minor === 0 ? 0 : 1) && booked.minor === minor;
