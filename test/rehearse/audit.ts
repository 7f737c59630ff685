import type { BookedCall, BookedCharge } from './carrierBook.ts';
import { answerLost } from './faultScript.ts';

/** A label as the fleet has it when the faults have stopped and it was given its time. */
export interface EndedLabel {
  readonly id: string;
  readonly state: string;
  readonly reason: string | null;
}

export interface Purchases {
  readonly purchased: number;
  readonly refused: number;
  readonly charges: number;
  readonly duplicates: number;
  readonly lost: number;
  readonly unknown: number;
  readonly parked: number;
  readonly parkedBy: { readonly faults: number; readonly kills: number };
  readonly unresolvable: number;
  readonly mostRequests: number;
  readonly changedRequests: number;
  readonly violations: readonly string[];
}

const open: ReadonlySet<string> = new Set(['requested', 'claimed', 'sent', 'unknown', 'voiding']);

/**
 * The labels against the carriers' own book (R17): one charge for each that was bought, none for any other but those that wait
 * for a person, and one request, however often it was sent. Pure.
 * @param silentCarriers take neither keys nor look-ups: whoever loses their answer never hears of it again
 */
export function auditPurchases(
  labels: readonly EndedLabel[],
  charges: readonly BookedCharge[],
  calls: readonly BookedCall[],
  { killed, silentCarriers }: { readonly killed: boolean; readonly silentCarriers: readonly string[] },
): Purchases {
  const kept = Map.groupBy(
    charges.filter(({ voidedAt }) => voidedAt === null),
    ({ reference }) => reference,
  );
  const buys = Map.groupBy(
    calls.filter(({ operation }) => operation === 'buy'),
    ({ reference }) => reference ?? '',
  );
  const inState = (state: string) => labels.filter((label) => label.state === state);
  const purchased = inState('purchased');
  const parked = inState('parked');
  const wasLost = ({ id }: EndedLabel) =>
    (buys.get(id) ?? []).some(({ fault }) => fault !== null && answerLost.has(fault));
  const known = new Set(labels.map(({ id }) => id));
  const unowed = [...kept.keys()].filter((reference) => !known.has(reference));
  const deniedCharges = inState('refused').filter(({ id }) => kept.has(id));
  const lost = purchased.filter(({ id }) => !kept.has(id));
  const duplicates = [...kept.values()].reduce((sum, of) => sum + of.length - 1, 0);
  const unresolvable = labels.filter(
    (label) => wasLost(label) && buys.get(label.id)!.some(({ carrier }) => silentCarriers.includes(carrier)),
  );
  const guessed = unresolvable.filter(({ state }) => state !== 'parked' && !open.has(state));
  const unknown = labels.filter(({ state }) => open.has(state)).length;
  const parkedByFaults = parked.filter(wasLost).length;
  const changed = [...buys.values()].filter(
    (sent) =>
      new Set(sent.map(({ bodyHash }) => bodyHash)).size > 1 ||
      new Set(sent.map(({ idempotencyKey }) => idempotencyKey)).size > 1,
  );
  const silent = parked.filter(({ reason }) => reason === null);
  const strange = killed ? [] : parked.filter((label) => !wasLost(label));
  const violations = [
    of(duplicates, 'labels were charged again'),
    of(lost.length, 'labels say they were bought, and nobody charged them'),
    of(deniedCharges.length, 'labels were refused and are charged all the same'),
    of(unowed.length, 'charges are for no label'),
    of(unknown, 'labels have not ended'),
    of(changed.length, 'labels were sent with another body or key'),
    of(silent.length, 'labels wait for a person without a reason'),
    of(strange.length, 'labels wait for a person though no answer was lost'),
    of(guessed.length, 'labels have ended though nobody could know what became of them'),
  ];
  return {
    purchased: purchased.length,
    refused: inState('refused').length,
    charges: [...kept.values()].reduce((sum, of) => sum + of.length, 0),
    duplicates,
    lost: lost.length,
    unknown,
    parked: parked.length,
    parkedBy: { faults: parkedByFaults, kills: parked.length - parkedByFaults },
    unresolvable: unresolvable.length,
    mostRequests: Math.max(0, ...[...buys.values()].map(({ length }) => length)),
    changedRequests: changed.length,
    violations: violations.flat(),
  };
}

const of = (count: number, what: string): readonly string[] => (count === 0 ? [] : [`${count} ${what}`]);

/** What is booked of an order and what became of it. */
export interface SettledOrder {
  readonly orderId: string;
  readonly payout: string;
  readonly hasLabel: boolean;
  /** Import fee deposit still held, in minor units; several currencies are summed by what they are off. */
  readonly held: number;
}

export interface Money {
  readonly ledgerImbalance: number;
  readonly paidOut: number;
  readonly paidWithoutLabel: number;
  readonly violations: readonly string[];
}

/** The orders with a label, once their parcels were delivered, and what the carriers' statements say otherwise (R17, R23). Pure. */
export function auditMoney(orders: readonly SettledOrder[], differences: readonly string[]): Money {
  const unsettled = orders.filter(({ hasLabel, held }) => hasLabel && held !== 0);
  const paid = orders.filter(({ payout }) => payout === 'released');
  const paidWithoutLabel = paid.filter(({ hasLabel }) => !hasLabel).length;
  const unpaid = orders.filter(({ payout, hasLabel }) => hasLabel && payout !== 'released').length;
  const kinds = [...Map.groupBy(differences, (kind) => kind)].map(([kind, all]) => `${all.length} ${kind}`);
  return {
    ledgerImbalance: unsettled.length + differences.length,
    paidOut: paid.length,
    paidWithoutLabel,
    violations: [
      of(unsettled.length, 'orders hold a deposit that is not settled'),
      of(differences.length, `differences from the carriers’ statements (${kinds.join(', ')})`),
      of(paidWithoutLabel, 'orders were paid out without a label bought here'),
      of(unpaid, 'orders whose parcel was scanned are not paid out'),
    ].flat(),
  };
}
