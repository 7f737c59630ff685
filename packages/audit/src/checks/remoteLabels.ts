import type { JournalEntry } from '../journal/entry.ts';
import { type CarrierLedger, chargesOf } from '../readers/carrierLedger.ts';
import type { RemoteFleet, SeenLabel } from '../readers/remoteFleet.ts';
import { amiss, type Finding } from '../report/finding.ts';
import type { ReportWriter } from '../report/report.ts';
import { boughtStates, type ChargedLabel, chargeFindings } from './carrierCharges.ts';

const ends: ReadonlySet<string> = new Set(['purchased', 'refused', 'voided', 'void_refused', 'parked']);

/**
 * Whether every label that was asked for has come to its end and can be printed, and whether its order has another one that
 * nobody asked for. Returns all labels of those orders. `unsure`: orders of which a command may have been accepted.
 */
export async function checkLabels(
  fleet: RemoteFleet,
  entries: readonly JournalEntry[],
  unsure: ReadonlySet<string>,
  report: ReportWriter,
): Promise<readonly SeenLabel[]> {
  const asked = entries.flatMap(({ command }) =>
    command.kind === 'buy-label' && command.labelId !== null ? [{ id: command.labelId, orderId: command.orderId }] : [],
  );
  const orders = [...Map.groupBy(asked, ({ orderId }) => orderId)];
  const seen = await fleet.labelsOf(orders.map(([orderId]) => orderId));
  report.checked('labels', asked.length);
  orders.forEach(([subject, wanted], index) => {
    const there = seen[index]!;
    report.found(
      wanted.flatMap(({ id }) =>
        labelFindings(
          id,
          there.find((label) => label.id === id),
        ),
      ),
    );
    if (there.length > wanted.length && !unsure.has(subject)) {
      const found = `${there.length} labels`;
      report.found([amiss('label.doubled', { subject, expected: `${wanted.length} asked for`, found })]);
    }
  });
  return seen.flat();
}

function labelFindings(subject: string, label: SeenLabel | undefined): Finding[] {
  if (!label) return [amiss('label.missing', { subject, expected: 'a label', found: 'nothing' })];
  if (!ends.has(label.state)) return [amiss('label.open', { subject, expected: 'an end', found: label.state })];
  return label.state === 'purchased' && label.documentId === null
    ? [amiss('label.missing', { subject, expected: 'a label to print', found: 'no document' })]
    : [];
}

/**
 * The carrier's book against the labels of the load: its charges made since `after` that name one of them. Those of other labels
 * are somebody else's business.
 */
export async function compareLabels(
  ledger: CarrierLedger & { readonly after: number },
  labels: ReadonlyMap<string, ChargedLabel>,
  report: ReportWriter,
): Promise<void> {
  const seen = new Map<string, number>();
  for await (const page of chargesOf(ledger, ledger.after)) {
    const mine = page.filter(({ reference }) => labels.has(reference));
    for (const charge of mine) {
      const times = (seen.get(charge.reference) ?? 0) + 1;
      seen.set(charge.reference, times);
      report.found(chargeFindings(charge, labels.get(charge.reference), times));
    }
    report.checked('charges', mine.length);
  }
  for (const { id, state } of labels.values())
    if (boughtStates.has(state) && !seen.has(id))
      report.found([amiss('charge.missing', { subject: id, expected: '1 charge', found: 'none' })]);
}
