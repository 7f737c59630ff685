import { z } from 'zod';
import { command } from './command.ts';

const moment = z.number().meta({ description: 'Milliseconds since 1970, fractions allowed' });

/**
 * How a command went in. `api`: over HTTP; `producer`: messages appended in a transaction of a producer's own;
 * `direct`: a job put straight into BullMQ, known by the receipt under its `key` and `day`.
 */
const door = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('api'), idempotencyKey: z.string().nullable() }),
  z.strictObject({ by: z.literal('producer') }),
  z.strictObject({ by: z.literal('direct'), key: z.string(), day: z.iso.date() }),
]);

/**
 * One command and what was answered. `maybe`: the answer never came (time-out, connection lost), so that it may have been
 * accepted or not; an audit finds out which, and never calls it lost. What was refused is not written down.
 */
export const journalEntry = z.strictObject({
  /** Place in the journal; a command that was sent after another one's answer has the higher one. */
  seq: z.int().min(0),
  answer: z.enum(['accepted', 'maybe']),
  door,
  /** Of an accepted command; null where the answer names none: synchronous writes, messages of a producer, direct jobs. */
  operationId: z.string().nullable(),
  /** Its place among its seller's commands where known; an audit reads the others from their operations. */
  commandNo: z.int().nullable(),
  /** When its turn had come by the plan of the load, when it went out, and when the answer was there (or given up). */
  intendedAt: moment,
  sentAt: moment,
  answeredAt: moment,
  command,
});

export type JournalEntry = z.infer<typeof journalEntry>;
export type Door = z.infer<typeof door>;

/** What a load generator says of one command; its place in the journal is given by the journal. */
export type Accepted = Omit<JournalEntry, 'seq'>;
