import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { type BodyIn, routes } from '@ge/api';
import { LABEL_BATCH_LIMIT } from '@ge/domain';
import { unreadable } from '../feed/feedFile.ts';
import { count } from '../feed/feedInWords.ts';
import { UserMistake } from '../mistake.ts';
import { readParcelTable } from './parcelTable.ts';

export type BatchBody = BodyIn<typeof routes.labelBatches.createLabelBatch>;

/** What a file, or standard input, asks labels for. */
export interface BatchFile {
  readonly name: string;
  readonly body: BatchBody;
  /** Of a table: the line that each parcel stands in. */
  readonly lines: readonly number[] | null;
}

const mostBytes = routes.labelBatches.createLabelBatch.maxBytes;

/**
 * Reads what a batch asks for: a body as the API takes it, its items alone, or a table with a parcel in each row. What is wrong
 * with a parcel is for the fleet to say.
 * @param path `-` for standard input
 * @throws UserMistake, in one line, for what is no batch
 */
export async function readBatchFile(path: string): Promise<BatchFile> {
  const name = path === '-' ? 'standard input' : basename(path);
  const text = await textOf(path, name);
  if (text.trim() === '') throw new UserMistake(`${name} is empty.`);
  const { body, lines } = /^\s*[[{]/.test(text) ? { body: bodyIn(text, name), lines: null } : await tabled(text, name);
  const { length } = body.items;
  if (length === 0) throw new UserMistake(`${name} holds no parcel.`);
  if (length > LABEL_BATCH_LIMIT)
    throw new UserMistake(
      `${name} holds ${count(length)} parcels, and a batch takes ${count(LABEL_BATCH_LIMIT)} at most: split it.`,
    );
  return { name, body, lines };
}

const tabled = async (text: string, name: string) => {
  const { items, lines } = await readParcelTable(text, name);
  return { body: { items } as BatchBody, lines };
};

async function textOf(path: string, name: string): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  try {
    if (path !== '-' && !(await stat(path)).isFile()) throw new UserMistake(`${path} is no file.`);
    const bytes = (path === '-' ? process.stdin : createReadStream(path)) as AsyncIterable<Buffer>;
    for await (const part of bytes) {
      size += part.length;
      if (size > mostBytes)
        throw new UserMistake(`${name} is larger than any batch (${mostBytes / 1024 / 1024} MiB): split it.`);
      parts.push(part);
    }
  } catch (error) {
    throw error instanceof UserMistake ? error : unreadable(name, error);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(parts));
  } catch {
    throw new UserMistake(`${name} is no text in UTF-8: a batch is JSON, or a table such as CSV.`);
  }
}

function bodyIn(text: string, name: string): BatchBody {
  const said = parsed(text, name);
  const body = Array.isArray(said) ? { items: said } : (said as { readonly items?: unknown });
  if (!Array.isArray(body.items))
    throw new UserMistake(`${name} has no items: a batch is {"items": [ … ]}, or the items alone.`);
  return body as BatchBody;
}

function parsed(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UserMistake(`${name} is no JSON: ${(error as Error).message.replace(/\s+/g, ' ')}.`);
  }
}
