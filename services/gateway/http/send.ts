import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { problemMediaType } from '@ge/api';
import type { Response } from 'express';
import type { BytesReply } from './handler.ts';
import type { ProblemAnswer } from './problems.ts';

interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
}

export function sendAnswer(response: Response, { status, body, headers }: Answer): void {
  response.status(status).set({ 'Cache-Control': 'no-store', ...headers });
  const operation = (body as { links?: { operation?: string } } | undefined)?.links?.operation;
  if (status === 202 && operation) response.set('Location', operation);
  if (body === undefined) response.end();
  else response.type('application/json').send(JSON.stringify(body));
}

export function sendProblem(response: Response, { problem, headers }: ProblemAnswer): void {
  response
    .status(problem.status)
    .set({ 'Cache-Control': 'no-store', 'Content-Type': problemMediaType, ...headers })
    .send(Buffer.from(JSON.stringify(problem)));
}

/** Streams bytes with a name that is safe in a header. A source that fails midway breaks the connection off. */
export async function sendBytes(response: Response, reply: BytesReply): Promise<void> {
  const ascii = reply.fileName.replace(/[^A-Za-z0-9._-]/g, '_');
  response.status(reply.status).set({
    'Content-Type': reply.mediaType,
    'Content-Disposition': `attachment; filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(reply.fileName)}`,
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'no-store',
  });
  await pipeline(Readable.from(reply.bytes()), response);
}
