import { type EventSourceMessage, EventSourceParserStream } from 'eventsource-parser/stream';
import type { z } from 'zod';
import { ApiProblem, UnexpectedAnswer } from './apiProblem.ts';
import { pause } from './pause.ts';

/** Statuses after which the same call may succeed a little later. */
const passing: readonly number[] = [429, 500, 502, 503, 504];

const shortestPauseMs = 250;
const longestPauseMs = 10_000;

/** How a stream is opened behind the last event seen. Throws ApiProblem for a refusal. */
type OpenStream = (lastEventId: string | undefined) => Promise<ReadableStream<Uint8Array>>;

/**
 * States as they come, until the last one. A stream that breaks off is opened again behind the last state seen, after a
 * pause that doubles while nothing comes. Throws ApiProblem for what waiting does not mend, UnexpectedAnswer for a state
 * that its schema does not know, the signal's reason, and what keeps the very first attempt from being answered.
 */
export async function* followEvents<State>(
  open: OpenStream,
  schema: z.ZodType<State>,
  signal: AbortSignal | undefined,
): AsyncGenerator<State> {
  let lastEventId: string | undefined;
  let wasOpen = false;
  for (let pauseMs = shortestPauseMs; ; pauseMs = Math.min(longestPauseMs, 2 * pauseMs)) {
    let leastMs = 0;
    try {
      const stream = await open(lastEventId);
      wasOpen = true;
      for await (const event of eventsIn(stream)) {
        yield stateOf(schema, event);
        if (event.event === 'closed') return;
        lastEventId = event.id;
        pauseMs = shortestPauseMs;
      }
    } catch (error) {
      signal?.throwIfAborted();
      leastMs = mendedIn(error, wasOpen);
    }
    await pause(Math.max(leastMs, pauseMs), signal);
  }
}

const eventsIn = (stream: ReadableStream<Uint8Array>): ReadableStream<EventSourceMessage> =>
  stream.pipeThrough(new TextDecoderStream() as never).pipeThrough(new EventSourceParserStream());

function stateOf<State>(schema: z.ZodType<State>, { data }: EventSourceMessage): State {
  const parsed = schema.safeDecode(JSON.parse(data) as never);
  if (!parsed.success) throw new UnexpectedAnswer('an event is what its schema does not know', parsed.error);
  return parsed.data;
}

/** Milliseconds to wait at least. Throws what waiting does not mend. */
function mendedIn(error: unknown, wasOpen: boolean): number {
  if (error instanceof UnexpectedAnswer) throw error;
  if (error instanceof ApiProblem && passing.includes(error.problem.status)) {
    return 1_000 * (error.retryAfterSeconds ?? 0);
  }
  if (error instanceof ApiProblem || !wasOpen) throw error;
  return 0;
}
