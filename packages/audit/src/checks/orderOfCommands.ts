import type { JournalEntry } from '../journal/entry.ts';

/**
 * One seller's commands, with those of the whole programme, in the order in which the programme decided them: numbered ones
 * by their number, the others where their answers put them. `entries` in the order of the journal. Pure.
 */
export function inOrder(entries: readonly JournalEntry[]): readonly JournalEntry[] {
  const numbered = entries.filter(({ commandNo }) => commandNo !== null).sort((a, b) => a.commandNo! - b.commandNo!);
  const others = entries.filter(({ commandNo }) => commandNo === null);
  const ordered: JournalEntry[] = [];
  let next = 0;
  for (const entry of numbered) {
    while (next < others.length && others[next]!.answeredAt <= entry.sentAt) ordered.push(others[next++]!);
    ordered.push(entry);
  }
  return [...ordered, ...others.slice(next)];
}

/**
 * Of one seller's commands: the templates of which an unnumbered write was under way together with a numbered command, so
 * that nobody can say which of the two came first. Pure.
 */
export function undecidedTemplates(entries: readonly JournalEntry[]): ReadonlySet<string> {
  const writes = entries.filter(
    ({ commandNo, command }) => commandNo === null && 'templateId' in command && command.templateId !== null,
  );
  const numbered = entries.filter(({ commandNo, command }) => commandNo !== null && governsTemplates(command.kind));
  const undecided = new Set<string>();
  for (const write of writes) {
    const id = (write.command as { readonly templateId: string }).templateId;
    if (numbered.some((other) => other.sentAt < write.answeredAt && write.sentAt < other.answeredAt)) undecided.add(id);
  }
  return undecided;
}

const governsTemplates = (kind: string): boolean =>
  ['enroll', 'deactivate-all', 'deactivate-template', 'save-region-setting', 'activate-template'].includes(kind);
