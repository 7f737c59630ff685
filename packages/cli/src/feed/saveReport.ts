import { extname } from 'node:path';
import { Readable } from 'node:stream';
import { type Client, routes } from '@ge/api';
import { saveBytes } from '../save-bytes.ts';
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
export const saveReport = (report: Readable, path: string): Promise<void> => saveBytes(report, path, 'The report');
