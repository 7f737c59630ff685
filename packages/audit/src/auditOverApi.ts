import type { Client } from '@ge/api';
import { boughtStates, type ChargedLabel, chargeFindings } from './checks/carrierCharges.ts';
import { doubledRequests } from './checks/commandEnds.ts';
import { answeredWith, type Resolution } from './checks/resolveMaybe.ts';
import { sellerOf } from './journal/command.ts';
import type { JournalEntry } from './journal/entry.ts';
import { partNames, programmePart } from './journal/journal.ts';
import { readPart } from './journal/readJournal.ts';
import { type CarrierLedger, chargesOf } from './readers/carrierLedger.ts';
import { RemoteFleet, type SeenOperation } from './readers/remoteFleet.ts';
import { amiss, type Finding } from './report/finding.ts';
import { type AuditReport, ReportWriter } from './report/report.ts';

export interface RemoteAudit {
  /** With a key that sees every seller of the journal. */
  readonly client: Client;
  /** The folder of a closed journal. */
  readonly folder: string;
  /**
   * Sends a command without an answer again under its Idempotency-Key, so that its answer is heard, and the command carried
   * out now where it was not. Absent: such commands stay unknown.
   */
  readonly resolve?: (entry: JournalEntry) => Promise<Resolution>;
  /** The book of the simulator that the fleet buys from; null: it is not at hand, and charges stand among what was not checked. */
  readonly ledger?: (CarrierLedger & { readonly after: number }) | null;
  readonly onProgress?: (commands: number) => void;
}

/**
 * Compares a journal with what the public API of a fleet shows: operations, feeds and labels, and these with the simulator's own
 * book where that can be read. What cannot be looked at stands in `unchecked`. To be called once the fleet is idle. Throws ApiProblem where the key may not look, and whatever keeps the
 * fleet from answering.
 */
export async function auditOverApi({
  client,
  folder,
  resolve,
  ledger = null,
  onProgress,
}: RemoteAudit): Promise<AuditReport> {
  const fleet = new RemoteFleet(client);
  const report = new ReportWriter();
  const labels = new Map<string, ChargedLabel>();
  let looked = 0;
  for (const part of [programmePart, ...partNames]) {
    const entries = await heard(await readPart(folder, part), resolve, report);
    for (const [seller, own] of Map.groupBy(entries, ({ command }) => sellerOf(command)))
      await checkCommands(fleet, seller, own, report);
    await checkFeeds(fleet, entries, report);
    for (const label of await checkLabels(fleet, entries, report)) labels.set(label.id, label);
    looked += entries.length;
    onProgress?.(looked);
  }
  if (ledger) await compareLabels(ledger, labels, report);
  else report.unchecked('charges', "the carrier's book is not at hand");
  for (const what of ['rows of the sellers', 'messages that ended twice', 'mails'])
    report.unchecked(what, 'the public API does not show it');
  return report.report();
}

async function heard(
  entries: readonly JournalEntry[],
  resolve: RemoteAudit['resolve'],
  report: ReportWriter,
): Promise<JournalEntry[]> {
  const accepted: JournalEntry[] = [];
  for (const entry of entries) {
    if (entry.answer === 'accepted') {
      accepted.push(entry);
      continue;
    }
    const resolution: Resolution = (await resolve?.(entry)) ?? { outcome: 'unknown' };
    report.maybe(resolution.outcome);
    if (resolution.outcome === 'accepted') accepted.push(answeredWith(entry, resolution.answer));
  }
  return accepted;
}

async function checkCommands(
  fleet: RemoteFleet,
  seller: string | null,
  entries: readonly JournalEntry[],
  report: ReportWriter,
): Promise<void> {
  const ids = [...new Set(entries.flatMap(({ operationId }) => operationId ?? []))];
  const operations = ids.length === 0 ? new Map<string, SeenOperation>() : await fleet.operations(seller, ids);
  report.found(doubledRequests(entries));
  report.checked('operations', operations.size);
  for (const { command, door, operationId } of entries) {
    report.accepted(command.kind);
    const operation = operationId === null ? null : operations.get(operationId);
    if (operation) {
      report.found(operationFindings(operation));
      report.ended(endOf(operation));
    } else if (operation === undefined) {
      const expected = `the operation of ${command.kind}`;
      report.found([amiss('command.lost', { subject: operationId!, expected, found: 'nothing' })]);
      report.ended('lost');
    } else if (door.by === 'direct') report.unchecked('a job put straight into BullMQ', 'receipts are not shown');
    else report.ended('done');
  }
}

const endOf = ({ state, done, failed, cancelled }: SeenOperation) => {
  if (state === 'open') return 'open';
  if (failed > 0) return 'dead';
  return done === 0 && cancelled > 0 ? 'cancelled' : 'done';
};

function operationFindings({ id: subject, state, total, done, failed, cancelled }: SeenOperation): Finding[] {
  const counted = done + failed + cancelled;
  if (state === 'open')
    return [amiss('command.open', { subject, expected: 'closed', found: `${counted} of ${total}` })];
  // Nothing that a producer sends may be given up: whoever looks into it finds it among the dead.
  const dead = failed > 0 ? [amiss('message.dead', { subject, expected: 'an end', found: `${failed} given up` })] : [];
  if (counted === total) return dead;
  return [...dead, amiss('command.miscounted', { subject, expected: `${total} ended`, found: `${counted} counted` })];
}

async function checkFeeds(fleet: RemoteFleet, entries: readonly JournalEntry[], report: ReportWriter): Promise<void> {
  const sent = entries.flatMap(({ command }) => {
    if (command.kind === 'upload-feed') return { id: command.feedId, rows: command.rowCount };
    return command.kind === 'upload-confirmations' ? { id: command.feedId, rows: command.orderIds.length } : [];
  });
  const named = sent.filter((feed): feed is { id: string; rows: number } => feed.id !== null);
  const seen = await fleet.feeds(named.map(({ id }) => id));
  report.checked('feeds', named.length);
  named.forEach(({ id: subject, rows }, index) => {
    const feed = seen[index];
    const found = feed ? `${feed.state}, ${feed.settledRows} rows` : 'nothing';
    if (feed?.state !== 'DONE' || feed.settledRows !== rows || feed.reportDocumentId === null)
      report.found([amiss('feed.missing', { subject, expected: `DONE, ${rows} rows, with its report`, found })]);
  });
}

const ends: ReadonlySet<string> = new Set(['purchased', 'refused', 'voided', 'void_refused', 'parked']);

/** Returns those labels that are there. */
async function checkLabels(
  fleet: RemoteFleet,
  entries: readonly JournalEntry[],
  report: ReportWriter,
): Promise<readonly ChargedLabel[]> {
  const ids = entries.flatMap(({ command }) => (command.kind === 'buy-label' ? (command.labelId ?? []) : []));
  const seen = await fleet.labels(ids);
  report.checked('labels', ids.length);
  ids.forEach((subject, index) => {
    const label = seen[index];
    if (!label) report.found([amiss('label.missing', { subject, expected: 'a label', found: 'nothing' })]);
    else if (!ends.has(label.state))
      report.found([amiss('label.open', { subject, expected: 'an end', found: label.state })]);
    else if (label.state === 'purchased' && label.documentId === null)
      report.found([amiss('label.missing', { subject, expected: 'a label to print', found: 'no document' })]);
  });
  return seen.filter((label) => label !== null);
}

/**
 * The carrier's book against the labels of the load: its charges made since `after` that name one of them. Those of other labels
 * are somebody else's business.
 */
async function compareLabels(
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
