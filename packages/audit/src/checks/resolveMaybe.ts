import { answersUnder, type Database, receiptsThere } from '@ge/database';
import type { Command } from '../journal/command.ts';
import type { JournalEntry } from '../journal/entry.ts';

/** What became of a command without an answer. */
export type Resolution =
  | { readonly outcome: 'accepted'; readonly answer: Readonly<Record<string, unknown>> }
  | { readonly outcome: 'notAccepted' | 'unknown' };

/** Finds out about commands without an answer: by their Idempotency-Keys, or by their receipts. By place in the journal. */
export async function resolveInDatabase(
  database: Database,
  maybes: readonly JournalEntry[],
): Promise<Map<number, Resolution>> {
  const keys = maybes.flatMap(({ door }) => (door.by === 'api' && door.idempotencyKey ? door.idempotencyKey : []));
  const direct = maybes.flatMap(({ door }) => (door.by === 'direct' ? door : []));
  const answers = keys.length > 0 ? await answersUnder(database, keys) : new Map<string, never>();
  const receipts = direct.length > 0 ? await receiptsThere(database, direct) : new Set<string>();
  const resolved = ({ door }: JournalEntry): Resolution => {
    if (door.by === 'direct')
      return receipts.has(door.key) ? { outcome: 'accepted', answer: {} } : { outcome: 'notAccepted' };
    if (door.by === 'producer' || door.idempotencyKey === null) return { outcome: 'unknown' };
    const answer = answers.get(door.idempotencyKey);
    return answer ? { outcome: 'accepted', answer } : { outcome: 'notAccepted' };
  };
  return new Map(maybes.map((entry) => [entry.seq, resolved(entry)]));
}

/** The entry as it would stand in the journal had its answer come. */
export function answeredWith(entry: JournalEntry, answer: Readonly<Record<string, unknown>>): JournalEntry {
  const operationId = typeof answer.operationId === 'string' ? answer.operationId : entry.operationId;
  return { ...entry, answer: 'accepted', operationId, command: completed(entry.command, answer) };
}

/** With what only the answer names. */
function completed(command: Command, answer: Readonly<Record<string, unknown>>): Command {
  const idOf = (name: string): string | null => (answer[name] as { readonly id?: string } | undefined)?.id ?? null;
  switch (command.kind) {
    case 'create-template':
      return { ...command, templateId: command.templateId ?? idOf('template') };
    case 'buy-label':
      return { ...command, labelId: command.labelId ?? idOf('label') };
    case 'upload-feed':
    case 'upload-confirmations':
      return { ...command, feedId: command.feedId ?? (answer.feedId as string | undefined) ?? null };
    case 'create-order':
      return { ...command, order: { ...command.order, ...(answer.order as object | undefined) } };
    default:
      return command;
  }
}
