import { type Database, messagesEndedTwice, messagesLeft } from '@ge/database';
import type { LabelId } from '@ge/domain';
import { programmeBefore, sellersBefore } from './baseline/baselineFiles.ts';
import { boughtAmong, compareCharges } from './checks/carrierCharges.ts';
import { commandEnds, type EndedCommand } from './checks/commandEnds.ts';
import { answeredWith, resolveInDatabase } from './checks/resolveMaybe.ts';
import { type Comparison, compareSellers } from './checks/sellerRows.ts';
import type { JournalEntry } from './journal/entry.ts';
import { partNames } from './journal/journal.ts';
import { readPart, readProgrammePart } from './journal/readJournal.ts';
import type { CarrierLedger } from './readers/carrierLedger.ts';
import { amiss } from './report/finding.ts';
import { type AuditReport, ReportWriter } from './report/report.ts';

export interface FleetAudit {
  readonly database: Database;
  /** The folder of a closed journal, with the baseline beside it where one was taken. */
  readonly folder: string;
  /** Null: the carrier's book is not at hand, and charges stand among what was not checked. */
  readonly ledger: (CarrierLedger & { readonly after: number }) | null;
  /** The programme's time: a message that is due later than this may still be there. */
  readonly now: Date;
  /** The load was meant to kill messages: dead ones are counted and are nothing amiss. */
  readonly mayDie?: boolean;
  /** Ids of messages that were sent to do harm: whoever sent them says how they must end. */
  readonly poison?: readonly string[];
  /** Called now and then with how many commands were looked at. */
  readonly onProgress?: (commands: number) => void;
}

const named = 100;

/**
 * Compares everything in a journal with what came of it. To be called once the fleet is idle: what is still owed counts as
 * amiss. Holds one part of the journal (a 64th of the sellers) in memory at a time.
 */
export async function auditFleet(audit: FleetAudit): Promise<AuditReport> {
  const { database, folder, ledger, now } = audit;
  const report = new ReportWriter();
  const before = programmeBefore(folder);
  if (!before) report.unchecked('rows of the sellers', 'no baseline was taken before the load');
  const programme = await endsOf(audit, await readProgrammePart(folder), report);
  const comparison: Comparison = {
    suspensionsBefore: before?.suspensions ?? { active: [], version: 0 },
    suspensions: versioned(programme, before?.suspensions.version ?? 0),
    takenAt: before?.takenAt ?? now,
  };
  const bought = new Map<string, string>();
  let looked = programme.length;
  for (const part of partNames) {
    const ends = await endsOf(audit, await readPart(folder, part), report);
    if (before) await compareSellers(database, sellersBefore(folder, part), ends, comparison, report);
    for (const [key, label] of await boughtAmong(database, labelsOf(ends))) bought.set(key, label);
    looked += ends.length;
    audit.onProgress?.(looked);
  }
  await checkMessages(audit, comparison.takenAt, report);
  if (ledger) await compareCharges(database, ledger, ledger.after, bought, report);
  else report.unchecked('charges', "the carrier's book is not at hand");
  return report.report();
}

/** Accepted commands with how they ended; those without an answer are found out about first. */
async function endsOf(
  { database, now }: FleetAudit,
  entries: readonly JournalEntry[],
  report: ReportWriter,
): Promise<readonly EndedCommand[]> {
  const resolutions = await resolveInDatabase(
    database,
    entries.filter(({ answer }) => answer === 'maybe'),
  );
  const unknown: EndedCommand[] = [];
  const accepted = entries.flatMap((entry) => {
    const resolution = resolutions.get(entry.seq);
    if (!resolution) return [entry];
    report.maybe(resolution.outcome);
    if (resolution.outcome === 'accepted') return [answeredWith(entry, resolution.answer)];
    // It stays among its seller's commands, so that nobody calls its effect wrong or missing.
    if (resolution.outcome === 'unknown') unknown.push({ entry, endedAs: 'done', operation: null });
    return [];
  });
  return [...(await commandEnds(database, accepted, now, report)), ...unknown];
}

/** Each change of the list of suspensions draws the next version. */
const versioned = (programme: readonly EndedCommand[], version: number): Comparison['suspensions'] =>
  programme
    .filter(({ entry: { command } }) => command.kind === 'suspend' || command.kind === 'lift-suspension')
    .map(({ entry }, index) => ({ entry, version: version + index + 1 }));

const labelsOf = (ends: readonly EndedCommand[]): LabelId[] =>
  ends.flatMap(({ entry: { command } }) =>
    command.kind === 'buy-label' && command.labelId !== null ? [command.labelId as LabelId] : [],
  );

/** Of all messages, whoever appended them: none is due or dead, none has ended twice. */
async function checkMessages(
  { database, now, mayDie = false, poison = [] }: FleetAudit,
  since: Date,
  report: ReportWriter,
): Promise<void> {
  for (const { id, name, sellerId, state } of await messagesLeft(database, now, named, poison)) {
    if (state === 'dead' && mayDie) continue;
    const code = state === 'dead' ? 'message.dead' : 'message.owed';
    report.found([amiss(code, { subject: id, expected: 'an end', found: `${name} of ${sellerId} is ${state}` })]);
  }
  for (const { id, name, times } of await messagesEndedTwice(database, since, named))
    report.found([
      amiss('message.ended_twice', { subject: id, expected: 'one end', found: `${name} ended ${times} times` }),
    ]);
}
