import { type Database, type OperationEnd, operationEnds, receiptsThere } from '@ge/database';
import type { JournalEntry } from '../journal/entry.ts';
import { amiss, type Finding } from '../report/finding.ts';
import type { ReportWriter } from '../report/report.ts';

const operationsAtOnce = 5_000;

export type EndedAs = 'done' | 'dead' | 'cancelled' | 'open' | 'lost';

/** An accepted command with its number, and how it ended. */
export interface EndedCommand {
  readonly entry: JournalEntry;
  readonly endedAs: EndedAs;
  readonly operation: OperationEnd | null;
}

/** How each of these accepted commands has ended: in exactly one way, each of its messages exactly once. */
export async function commandEnds(
  database: Database,
  entries: readonly JournalEntry[],
  now: Date,
  report: ReportWriter,
): Promise<readonly EndedCommand[]> {
  const ids = [...new Set(entries.flatMap(({ operationId }) => operationId ?? []))];
  const operations = new Map<string, OperationEnd>();
  for (let from = 0; from < ids.length; from += operationsAtOnce)
    for (const end of await operationEnds(database, ids.slice(from, from + operationsAtOnce), now))
      operations.set(end.id, end);
  const direct = entries.flatMap(({ door }) => (door.by === 'direct' ? door : []));
  const receipts = direct.length > 0 ? await receiptsThere(database, direct) : new Set<string>();

  report.found(doubledRequests(entries));
  for (const operation of operations.values()) report.found(operationFindings(operation));
  report.checked('operations', operations.size);
  report.checked('receipts', direct.length);
  return entries.map((entry) => {
    const operation = entry.operationId === null ? null : (operations.get(entry.operationId) ?? null);
    const endedAs = endOf(entry, operation, receipts);
    if (endedAs === 'lost') report.found([lost(entry)]);
    report.accepted(entry.command.kind);
    report.ended(endedAs);
    return { entry: { ...entry, commandNo: entry.commandNo ?? operation?.commandNo ?? null }, endedAs, operation };
  });
}

function endOf({ operationId, door }: JournalEntry, operation: OperationEnd | null, receipts: Set<string>): EndedAs {
  if (door.by === 'direct') return receipts.has(door.key) ? 'done' : 'lost';
  if (operationId === null) return 'done';
  if (!operation) return 'lost';
  if (operation.state === 'open') return 'open';
  if (operation.failed > 0) return 'dead';
  return operation.done === 0 && operation.cancelled > 0 ? 'cancelled' : 'done';
}

const lost = ({ operationId, door, command }: JournalEntry): Finding =>
  door.by === 'direct'
    ? amiss('receipt.missing', { subject: door.key, expected: `a receipt of ${door.day}`, found: 'none' })
    : amiss('command.lost', { subject: operationId!, expected: `the operation of ${command.kind}`, found: 'nothing' });

function operationFindings(operation: OperationEnd): Finding[] {
  const { id: subject, state, total, done, failed, cancelled, ended, due, later } = operation;
  const found: Finding[] = [];
  const counted = done + failed + cancelled;
  if (state === 'open' && later === 0)
    found.push(amiss('command.open', { subject, expected: 'closed', found: `${counted} of ${total}, ${due} owed` }));
  if (counted + due + later !== total)
    found.push(amiss('command.miscounted', { subject, expected: `${total} ended`, found: `${counted} counted` }));
  // Dead messages have their line too; one that was cancelled before it was ever sent has one as well.
  if (ended + due + later < total)
    found.push(amiss('message.vanished', { subject, expected: `${total} messages`, found: `${ended} have ended` }));
  return found;
}

/** Requests under one Idempotency-Key that led to more than one operation. */
export function doubledRequests(entries: readonly JournalEntry[]): Finding[] {
  const byKey = new Map<string, string>();
  return entries.flatMap(({ door, operationId }) => {
    if (door.by !== 'api' || door.idempotencyKey === null || operationId === null) return [];
    const known = byKey.get(door.idempotencyKey);
    byKey.set(door.idempotencyKey, known ?? operationId);
    if (known === undefined || known === operationId) return [];
    return [amiss('command.doubled', { subject: door.idempotencyKey, expected: known, found: operationId })];
  });
}
