import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type JournalEntry, journalEntry } from './entry.ts';
import { partNames, programmePart } from './journal.ts';

/** The commands about the whole programme, in the order of their answers. Throws for a folder without a journal. */
export const readProgrammePart = (folder: string): Promise<JournalEntry[]> => readPart(folder, programmePart);

/** The other commands, part by part: all of a seller's stand in one part, in the order of their answers. */
export async function* journalParts(folder: string): AsyncGenerator<JournalEntry[]> {
  for (const name of partNames) {
    const entries = await readPart(folder, name);
    if (entries.length > 0) yield entries;
  }
}

/** One part of it. */
export async function readPart(folder: string, name: string): Promise<JournalEntry[]> {
  const entries: JournalEntry[] = [];
  const lines = createInterface({ input: createReadStream(join(folder, name)), crlfDelay: Number.POSITIVE_INFINITY });
  for await (const line of lines) entries.push(journalEntry.parse(JSON.parse(line)));
  return entries;
}
