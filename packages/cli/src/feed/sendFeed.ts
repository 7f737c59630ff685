import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type AnswerOf, ApiProblem, type Client, routes } from '@ge/api';
import { FleetAnswer } from '../fleet-answer.ts';
import type { FeedFile } from './feedFile.ts';
import type { FeedKind } from './feedTypeOf.ts';
import { unlessUnknown } from './unknownSeller.ts';

export interface SentFeed {
  readonly accepted: AnswerOf<typeof routes.feeds.uploadFeed>;
  /** The same file had been sent before: this is its feed. */
  readonly wasSentBefore: boolean;
}

export interface Sending {
  readonly sellerId: string;
  readonly kind: FeedKind;
  /** Of the bytes of the file, in hex. */
  readonly sha256: string;
  /** Packs it on the way. */
  readonly gzip: boolean;
  /** Makes it a new feed even where the same file was sent before. */
  readonly again: boolean;
  /** Only says what would become of it. */
  readonly dryRun: boolean;
  /** Bytes of the file that are on their way so far. */
  readonly onBytes: (done: number) => void;
  readonly signal: AbortSignal;
}

/**
 * Sends a file from the disk, part by part. Throws UserMistake for an unknown seller, FleetAnswer for a file that changed
 * meanwhile or was sent before under another name, and whatever the client throws.
 */
export async function sendFeed(client: Client, file: FeedFile, sending: Sending): Promise<SentFeed> {
  const { sellerId, kind, sha256, gzip, dryRun, signal } = sending;
  const parts = ReadableStream.from<Uint8Array<ArrayBuffer>>(partsOf(file, sending));
  const bytes = gzip ? parts.pipeThrough(new CompressionStream('gzip')) : parts;
  try {
    const { body, headers } = await client.send(routes.feeds.uploadFeed, {
      params: { sellerId },
      query: { type: kind.type, fileName: file.name, ...(dryRun && { dryRun: 'true' as const }) },
      upload: { bytes, mediaType: kind.mediaType, ...(gzip && { contentEncoding: 'gzip' }) },
      idempotencyKey: idempotencyKeyOf(sending),
      signal,
    });
    if (body.sha256 !== sha256)
      throw new FleetAnswer(`${file.path} was changed while it was sent; what was sent is feed ${body.feedId}.`);
    return { accepted: body, wasSentBefore: headers.get('idempotency-replayed') === 'true' };
  } catch (error) {
    throw inWords(error, file, sending);
  }
}

async function* partsOf({ path }: FeedFile, { onBytes }: Sending): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let done = 0;
  for await (const part of createReadStream(path) as AsyncIterable<Buffer<ArrayBuffer>>) {
    yield part;
    done += part.length;
    onBytes(done);
  }
}

/** Of what is sent alone: the same file for the same seller is the same feed, wherever it lies. */
function idempotencyKeyOf({ sellerId, kind, sha256, again }: Sending): string {
  if (again) return `feed-${randomUUID()}`;
  const of = [sha256, sellerId, kind.type];
  return `feed-${createHash('sha256').update(of.join('\n')).digest('hex')}`;
}

function inWords(error: unknown, file: FeedFile, { sellerId, gzip }: Sending): unknown {
  if (!(error instanceof ApiProblem)) return error;
  const { status, code } = error.problem;
  if (code === 'http.idempotency_conflict')
    return new FleetAnswer(
      `The same bytes were sent before under another name than ${file.name}; --again makes them a new feed.`,
    );
  if (status === 413 && gzip)
    return new FleetAnswer(
      `The fleet takes no such large file, or it shrinks too much when it is packed; --no-gzip sends it as it is.`,
    );
  return unlessUnknown(error, sellerId);
}
