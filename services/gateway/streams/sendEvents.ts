import { once } from 'node:events';
import type { Response } from 'express';

/** One state of what is followed. */
export interface StateEvent {
  /** Grows with progress; what a client names in `Last-Event-ID`. */
  readonly id: string;
  readonly data: unknown;
  /** Nothing comes after it. */
  readonly isLast: boolean;
}

/** Milliseconds after which a client connects anew. */
const retryMs = 1_000;

/**
 * Sends states as server-sent events, `state` each and `closed` for the last one, and comments in between; the first one
 * is left out where the client has it. Ends with the source or the signal; a slow reader is waited for.
 */
export async function sendEvents(
  response: Response,
  events: AsyncIterable<StateEvent>,
  options: { readonly lastEventId: string | undefined; readonly heartbeatMs: number; readonly signal: AbortSignal },
): Promise<void> {
  const { lastEventId, heartbeatMs, signal } = options;
  response.status(200).set({
    'Content-Type': 'text/event-stream',
    'Cache-Control': 'no-store',
    'X-Accel-Buffering': 'no',
  });
  response.write(`retry: ${retryMs}\n\n`);
  const heartbeat = setInterval(() => {
    if (!response.writableNeedDrain) response.write(': still here\n\n');
  }, heartbeatMs);
  try {
    let isFirst = true;
    for await (const event of events) {
      const isKnown = isFirst && !event.isLast && event.id === lastEventId;
      isFirst = false;
      if (isKnown) continue;
      const name = event.isLast ? 'closed' : 'state';
      const text = `id: ${event.id}\nevent: ${name}\ndata: ${JSON.stringify(event.data)}\n\n`;
      if (!response.write(text)) await once(response, 'drain', { signal });
      if (event.isLast) break;
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    clearInterval(heartbeat);
  }
  response.end();
}
