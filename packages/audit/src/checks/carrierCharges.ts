import { type Database, labelsByIds, labelsByPurchaseKey } from '@ge/database';
import type { LabelId } from '@ge/domain';
import { type CarrierLedger, type Charge, chargesOf } from '../readers/carrierLedger.ts';
import { amiss, type Finding } from '../report/finding.ts';
import type { ReportWriter } from '../report/report.ts';

export const boughtStates: ReadonlySet<string> = new Set(['purchased', 'voiding', 'voided', 'void_refused']);

/**
 * The carrier's own book against the labels, one to one by idempotency key: charges made since `after`, page by page.
 * `bought` holds the labels of the load that say they were bought, by key; those without a charge are named.
 */
export async function compareCharges(
  database: Database,
  ledger: CarrierLedger,
  after: number,
  bought: ReadonlyMap<string, string>,
  report: ReportWriter,
): Promise<void> {
  const seen = new Map<string, number>();
  for await (const page of chargesOf(ledger, after)) {
    const keyed = page.filter((charge) => charge.idempotencyKey !== null);
    if (keyed.length < page.length)
      report.unchecked('a charge', 'its carrier takes no idempotency keys', page.length - keyed.length);
    const keys = [...new Set(keyed.map((charge) => charge.idempotencyKey!))];
    const labels = new Map((await labelsByPurchaseKey(database, keys)).map((label) => [label.idempotencyKey, label]));
    for (const charge of keyed) {
      const key = charge.idempotencyKey!;
      seen.set(key, (seen.get(key) ?? 0) + 1);
      report.found(chargeFindings(charge, labels.get(key), seen.get(key)!));
    }
    report.checked('charges', keyed.length);
  }
  for (const [key, labelId] of bought)
    if (!seen.has(key))
      report.found([amiss('charge.missing', { subject: labelId, expected: '1 charge', found: 'none' })]);
}

/** A label as far as its charge is concerned, wherever it was read. */
export interface ChargedLabel {
  readonly id: string;
  readonly state: string;
  readonly charge: { readonly minor: number; readonly currency: string } | null;
}

/** What is wrong with a charge: `times` charges of its label were seen so far, this one among them. Pure. */
export function chargeFindings(charge: Charge, label: ChargedLabel | undefined, times: number): Finding[] {
  const subject = label?.id ?? charge.idempotencyKey ?? charge.reference;
  if (times > 1) return [amiss('charge.doubled', { subject, expected: '1 charge', found: `${times} charges` })];
  if (!label || !boughtStates.has(label.state)) {
    const found = label ? `a charge for a label that is ${label.state}` : 'a charge for no label';
    return [amiss('charge.unowed', { subject, expected: 'no charge', found })];
  }
  const findings: Finding[] = [];
  const { charge: paid, state } = label;
  if (paid && (paid.minor !== charge.chargedMinor || paid.currency !== charge.currency)) {
    const [expected, found] = [`${paid.minor} ${paid.currency}`, `${charge.chargedMinor} ${charge.currency}`];
    findings.push(amiss('charge.amount_differs', { subject, expected, found }));
  }
  if ((state === 'voided') !== (charge.voidedAt !== null)) {
    const found = charge.voidedAt === null ? 'not voided at the carrier' : 'voided at the carrier';
    findings.push(amiss('charge.void_differs', { subject, expected: state, found }));
  }
  return findings;
}

/** Of these labels those that say they were bought, by the keys under which they were. */
export async function boughtAmong(database: Database, labelIds: readonly LabelId[]): Promise<Map<string, string>> {
  const rows = labelIds.length === 0 ? [] : await labelsByIds(database, labelIds);
  const bought = rows.filter(({ state }) => boughtStates.has(state));
  return new Map(bought.map(({ idempotencyKey, id }) => [idempotencyKey, id]));
}
