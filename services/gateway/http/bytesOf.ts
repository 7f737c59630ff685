import type { IncomingMessage } from 'node:http';

/** The body of a request, part by part. Whoever leaves it unfinished leaves the request as it is, so that it can be answered. */
export const bytesOf = (request: IncomingMessage): AsyncIterable<Buffer> =>
  request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
