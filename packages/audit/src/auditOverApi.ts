import type { Client } from '@ge/api';
import type { SellerId } from '@ge/domain';
import { type ProgrammeBefore, programmeBefore, sellersBefore } from './baseline/baselineFiles.ts';
import type { ChargedLabel } from './checks/carrierCharges.ts';
import type { EndedCommand } from './checks/commandEnds.ts';
import { remoteCommandEnds } from './checks/remoteCommands.ts';
import { checkFeeds } from './checks/remoteFeeds.ts';
import { checkLabels, compareLabels } from './checks/remoteLabels.ts';
import { answeredWith, type Resolution } from './checks/resolveMaybe.ts';
import { compareSeller } from './checks/sellerRows.ts';
import { sellerOf } from './journal/command.ts';
import type { JournalEntry } from './journal/entry.ts';
import { partNames, programmePart } from './journal/journal.ts';
import { readPart } from './journal/readJournal.ts';
import type { CarrierLedger } from './readers/carrierLedger.ts';
import { inTurns, RemoteFleet, type SeenLabel } from './readers/remoteFleet.ts';
import { remoteRows, remoteSuspensions, shownOverApi } from './readers/remoteRows.ts';
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
 * Compares a journal with what the public API of a fleet shows: operations, feeds and labels, the rows of the sellers with a
 * baseline (`takeBaselineOverApi`), and labels with the simulator's own book where that can be read. What cannot be looked at
 * stands in `unchecked`. To be called once the fleet is idle. Throws ApiProblem where the key may not look, and whatever keeps
 * the fleet from answering.
 */
export async function auditOverApi(audit: RemoteAudit): Promise<AuditReport> {
  const { client, folder, resolve, ledger = null, onProgress } = audit;
  const fleet = new RemoteFleet(client);
  const report = new ReportWriter();
  const before = await comparable(client, programmeBefore(folder), report);
  const charged = new Map<string, ChargedLabel>();
  let looked = 0;
  for (const part of [programmePart, ...partNames]) {
    const { accepted, unsure } = await heard(await readPart(folder, part), resolve, report);
    const ends = [...unsure];
    for (const [seller, own] of Map.groupBy(accepted, ({ command }) => sellerOf(command)))
      ends.push(...(await remoteCommandEnds(fleet, seller, own, report)));
    await checkFeeds(fleet, accepted, report);
    const labels = await checkLabels(fleet, accepted, ordersOf(unsure), report);
    for (const label of labels) charged.set(label.id, label);
    if (before && part !== programmePart) await compareRows(audit, part, before, ends, labels, report);
    looked += accepted.length;
    onProgress?.(looked);
  }
  if (ledger) await compareLabels(ledger, charged, report);
  else report.unchecked('charges', "the carrier's book is not at hand");
  for (const what of ['messages that ended twice', 'mails']) report.unchecked(what, 'the public API does not show it');
  return report.report();
}

/** What was there before the load, where rows can be compared with it. */
async function comparable(
  client: Client,
  before: ProgrammeBefore | null,
  report: ReportWriter,
): Promise<ProgrammeBefore | null> {
  if (!before) {
    report.unchecked('rows of the sellers', 'no baseline was taken before the load');
    return null;
  }
  const named = (list: ProgrammeBefore['suspensions']) =>
    list.active
      .map(({ destination }) => destination)
      .sort()
      .join();
  if (named(before.suspensions) === named(await remoteSuspensions(client))) return before;
  report.unchecked('rows of the sellers', 'somebody suspended or lifted a destination meanwhile');
  return null;
}

/** What each of these sellers has against what the sequential model says that its commands must have left, as far as it is shown. */
async function compareRows(
  { client, folder }: RemoteAudit,
  part: string,
  { suspensions }: ProgrammeBefore,
  ends: readonly EndedCommand[],
  labels: readonly SeenLabel[],
  report: ReportWriter,
): Promise<void> {
  const bySeller = Map.groupBy(ends, ({ entry }) => sellerOf(entry.command));
  const none = { settings: [], feeds: [], mails: [], labels: labels as never };
  // Labels are looked at one by one: here they only say which purchases took effect.
  const comparison = { suspensionsBefore: suspensions, suspensions: [], takenAt: theEndOfTime, shown: shownOverApi };
  await inTurns([...sellersBefore(folder, part)], async ([seller, before]) => {
    const found = await remoteRows(client, seller as SellerId);
    compareSeller(before, { ...found, ...none }, bySeller.get(seller) ?? [], comparison, report);
  });
}

const theEndOfTime = new Date(8.64e15);

/** Accepted commands, and those of which nobody can say whether, or in which place, they were carried out. */
async function heard(
  entries: readonly JournalEntry[],
  resolve: RemoteAudit['resolve'],
  report: ReportWriter,
): Promise<{ readonly accepted: readonly JournalEntry[]; readonly unsure: readonly EndedCommand[] }> {
  const accepted: JournalEntry[] = [];
  const unsure: EndedCommand[] = [];
  for (const entry of entries) {
    if (entry.answer === 'accepted') {
      accepted.push(entry);
      continue;
    }
    const resolution: Resolution = (await resolve?.(entry)) ?? { outcome: 'unknown' };
    report.maybe(resolution.outcome);
    const known = resolution.outcome === 'accepted' ? answeredWith(entry, resolution.answer) : null;
    if (known) accepted.push(known);
    // Without a number its place among the others is that of its answer, which came too late to say.
    if (resolution.outcome === 'unknown' || known?.operationId === null)
      unsure.push({ entry, endedAs: 'done', operation: null });
  }
  return { accepted, unsure };
}

const ordersOf = (unsure: readonly EndedCommand[]): ReadonlySet<string> =>
  new Set(unsure.flatMap(({ entry: { command } }) => (command.kind === 'buy-label' ? command.orderId : [])));
