import { createWriteStream } from 'node:fs';
import { extname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Client, routes } from '@ge/api';
import { UserMistake } from '../mistake.ts';
import type { Language } from './findings.ts';

export const reportFormats = ['tab', 'xml', 'json'] as const;

export interface AskedReport {
  /** As it was written, where neither format nor language is told. */
  readonly format?: (typeof reportFormats)[number] | undefined;
  readonly language?: Language | undefined;
}

/** What the name of a file asks for. */
export const formatFor = (path: string): (typeof reportFormats)[number] =>
  reportFormats.find((format) => `.${format}` === extname(path).toLowerCase()) ?? 'tab';

/** Bytes of the report as they come. */
export async function openReport(client: Client, feedId: string, { format, language }: AskedReport): Promise<Readable> {
  const query = { ...(format && { format }), ...(language && { language }) };
  return Readable.fromWeb(
    (await client.download(routes.feeds.downloadFeedReport, { params: { feedId }, query })) as never,
  );
}

/** Throws UserMistake where nothing can be written to `path`. */
export async function saveReport(report: Readable, path: string): Promise<void> {
  try {
    await pipeline(report, createWriteStream(path));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new UserMistake(
      `The report cannot be written to ${path}: ${code === 'ENOENT' ? 'there is no such folder' : message}.`,
    );
  }
}
