import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import express, { type RequestHandler } from 'express';

const hashes = new WeakMap<IncomingMessage, string>();

/**
 * Parses JSON of at most 256 KiB and remembers the hash of the very bytes. A caller who has hung up by then, whom the parser
 * would pass on as one who sent nothing, was not heard.
 */
export function jsonBody(): RequestHandler {
  const parse = express.json({
    limit: '256kb',
    strict: true,
    verify: (request, _response, bytes) => {
      hashes.set(request, createHash('sha256').update(bytes).digest('hex'));
    },
  });
  return (request, response, next) => {
    parse(request, response, (error?: unknown) => {
      if (error || hashes.has(request) || request.socket.readable) next(error);
      else response.destroy();
    });
  };
}

/** SHA-256 of the body as it was sent, hex; of nothing for an empty one. */
export const bodyHash = (request: IncomingMessage): string => hashes.get(request) ?? createHash('sha256').digest('hex');
