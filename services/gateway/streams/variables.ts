import { z } from 'zod';

/** Of server-sent events. */
export const streamVariables = {
  EVENT_STREAMS_PER_KEY: z.coerce
    .number()
    .int()
    .min(1)
    .max(100_000)
    .default(50)
    .describe('event streams that one API key may have open in one process'),
  EVENT_POLL_MS: z.coerce
    .number()
    .int()
    .min(10)
    .max(60_000)
    .default(200)
    .describe('how often what is followed is read, all of it at once'),
  EVENT_HEARTBEAT_MS: z.coerce
    .number()
    .int()
    .min(10)
    .max(600_000)
    .default(15_000)
    .describe('how often an event stream without changes says that it is still there'),
  EVENT_STREAM_SECONDS: z.coerce
    .number()
    .int()
    .min(1)
    .max(86_400)
    .default(300)
    .describe(
      'after how long an event stream ends, so that its key is checked again; clients connect anew by themselves',
    ),
};
