import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import express from 'express';

const hashes = new WeakMap<IncomingMessage, string>();

/** Parses JSON of at most 256 KiB and remembers the hash of the very bytes. */
export const jsonBody = () =>
  express.json({
    limit: '256kb',
    strict: true,
    verify: (request, _response, bytes) => {
      hashes.set(request, createHash('sha256').update(bytes).digest('hex'));
    },
  });

/** SHA-256 of the body as it was sent, hex; of nothing for an empty one. */
export const bodyHash = (request: IncomingMessage): string => hashes.get(request) ?? createHash('sha256').digest('hex');
