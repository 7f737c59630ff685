import type { BookedCall, BookedCharge } from './carrierBook.ts';
import { answerLost, type CarrierName } from './faultScript.ts';

/** A label as the fleet has it when the faults have stopped and it was given its time. */
export interface EndedLabel {
  readonly id: string;
  readonly state: string;
  readonly reason: string | null;
  readonly carrier: CarrierName;
}

/** What else decides what may be. */
export interface Circumstances {
  /** Whether processes were killed. */
  readonly killed: boolean;
  /** Carriers that take neither keys nor look-ups: whoever loses their answer never hears of it again. */
  readonly silentCarriers: readonly CarrierName[];
  /** A backup does not know what was sent: what nobody charged is bought from it like anything else. */
  readonly restored?: boolean;
}

export interface Purchases {
  readonly labels: number;
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

/** Bought, and not given back. */
const isPaidFor: ReadonlySet<string> = new Set(['purchased', 'void_refused']);
const open: ReadonlySet<string> = new Set(['requested', 'claimed', 'sent', 'unknown', 'voiding']);

/**
 * The labels against the carriers' own book (R17): one charge for each that was bought, none for any other but those that wait
 * for a person, and one request, however often it was sent. Charges and calls are by our labels. Pure.
 */
export function auditPurchases(
  labels: readonly EndedLabel[],
  charges: readonly BookedCharge[],
  calls: readonly BookedCall[],
  { killed, silentCarriers, restored = false }: Circumstances,
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
  const lost = labels.filter(({ id, state }) => isPaidFor.has(state) && !kept.has(id));
  const unasked = [...buys.keys()].filter((reference) => !known.has(reference));
  const duplicates = [...kept.values()].reduce((sum, of) => sum + of.length - 1, 0);
  const unresolvable = labels.filter((label) => wasLost(label) && silentCarriers.includes(label.carrier));
  const guessed = restored ? [] : unresolvable.filter(({ state }) => state !== 'parked' && !open.has(state));
  const askable = parked.filter(({ carrier }) => !silentCarriers.includes(carrier));
  const unended = labels.filter(({ state }) => open.has(state));
  const unknown = unended.length;
  const states = [...Map.groupBy(unended, ({ state }) => state)].map(([state, all]) => `${all.length} ${state}`);
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
    of(unasked.length, 'purchases were sent that no label asks for'),
    of(unknown, `labels have not ended (${states.join(', ')})`),
    of(changed.length, 'labels were sent with another body or key'),
    of(silent.length, 'labels wait for a person without a reason'),
    of(strange.length, 'labels wait for a person though no answer was lost'),
    of(askable.length, 'labels wait for a person though their carrier can be asked'),
    of(guessed.length, 'labels have ended though nobody could know what became of them'),
  ];
  return {
    labels: labels.length,
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

export const of = (count: number, what: string): readonly string[] => (count === 0 ? [] : [`${count} ${what}`]);
