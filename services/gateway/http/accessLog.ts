import type { ServiceContext } from '@ge/runtime';
import type { Request, Response } from 'express';
import type { RequestNotes } from './serve.ts';

/** One line per request, without anything a person wrote: the route's name instead of the path, the key's id instead of the key. */
export function logAccess(
  logger: ServiceContext['logger'],
  request: Request,
  response: Response,
  notes: RequestNotes,
): void {
  const startedAt = performance.now();
  response.once('close', () => {
    const { requestId, route, access } = notes;
    const ms = Math.round((performance.now() - startedAt) * 10) / 10;
    const { statusCode: status } = response;
    const line = { requestId, method: request.method, route, status, ms, key: access?.keyId, scope: access?.scope };
    if (!response.writableFinished) logger.warn(line, 'request broken off');
    else logger.info(line, 'request');
  });
}
