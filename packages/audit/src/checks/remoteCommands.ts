import type { JournalEntry } from '../journal/entry.ts';
import type { RemoteFleet, SeenOperation } from '../readers/remoteFleet.ts';
import { amiss, type Finding } from '../report/finding.ts';
import type { ReportWriter } from '../report/report.ts';
import { doubledRequests, type EndedAs, type EndedCommand } from './commandEnds.ts';

/** How each of one seller's accepted commands has ended, by its operation. */
export async function remoteCommandEnds(
  fleet: RemoteFleet,
  seller: string | null,
  entries: readonly JournalEntry[],
  report: ReportWriter,
): Promise<readonly EndedCommand[]> {
  const ids = [...new Set(entries.flatMap(({ operationId }) => operationId ?? []))];
  const operations = ids.length === 0 ? new Map<string, SeenOperation>() : await fleet.operations(seller, ids);
  report.found(doubledRequests(entries));
  for (const operation of operations.values()) report.found(operationFindings(operation));
  report.checked('operations', operations.size);
  return entries.flatMap((entry): readonly EndedCommand[] => {
    report.accepted(entry.command.kind);
    if (entry.door.by === 'direct') {
      report.unchecked('a job put straight into BullMQ', 'receipts are not shown');
      return [];
    }
    const operation = entry.operationId === null ? null : (operations.get(entry.operationId) ?? null);
    const endedAs = entry.operationId === null ? 'done' : endOf(operation);
    if (endedAs === 'lost') report.found([lost(entry)]);
    report.ended(endedAs);
    const commandNo = entry.commandNo ?? operation?.commandNo ?? null;
    return [{ entry: { ...entry, commandNo }, endedAs, operation: null }];
  });
}

function endOf(operation: SeenOperation | null): EndedAs {
  if (!operation) return 'lost';
  const { state, done, failed, cancelled } = operation;
  if (state === 'open') return 'open';
  if (failed > 0) return 'dead';
  return done === 0 && cancelled > 0 ? 'cancelled' : 'done';
}

const lost = ({ operationId, command }: JournalEntry): Finding =>
  amiss('command.lost', { subject: operationId!, expected: `the operation of ${command.kind}`, found: 'nothing' });

function operationFindings({ id: subject, state, total, done, failed, cancelled }: SeenOperation): Finding[] {
  const counted = done + failed + cancelled;
  if (state === 'open')
    return [amiss('command.open', { subject, expected: 'closed', found: `${counted} of ${total}` })];
  // Nothing that a producer sends may be given up: whoever looks into it finds it among the dead.
  const dead = failed > 0 ? [amiss('message.dead', { subject, expected: 'an end', found: `${failed} given up` })] : [];
  if (counted === total) return dead;
  return [...dead, amiss('command.miscounted', { subject, expected: `${total} ended`, found: `${counted} counted` })];
}
