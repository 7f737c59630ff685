import { Readable } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';
import { problemMediaType } from '@ge/api';
import type { Request, Response } from 'express';
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

/** Whoever was refused in the middle of a request is heard out for so long; what they say is thrown away. */
const hearOutMs = 2_000;

/**
 * Refuses a request. One that is not all there yet gets its answer at once, and its connection, which cannot be used again, is
 * closed once the sender has come to an end: closed before, the answer could be lost with what was still on its way.
 */
export function sendProblem(request: Request, response: Response, { problem, headers }: ProblemAnswer): void {
  const body = Buffer.from(JSON.stringify(problem));
  response
    .status(problem.status)
    .set({ 'Cache-Control': 'no-store', 'Content-Type': problemMediaType, ...headers })
    .set('Content-Length', String(body.length));
  if (request.complete) {
    response.end(body);
    return;
  }
  response.set('Connection', 'close').write(body);
  // A listener, since its reader may only just be leaving it, and would undo a mere `resume`.
  request.on('data', () => undefined);
  const end = () => void response.end();
  finished(request, { signal: AbortSignal.timeout(hearOutMs) }).then(end, end);
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
