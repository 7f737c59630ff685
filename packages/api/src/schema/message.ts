import { z } from 'zod';
import { instant } from './wire.ts';

/** A message that is owed or dead; never its payload. */
export const message = z
  .object({
    id: z.int(),
    jobId: z.string().meta({ description: 'Of its pointer in BullMQ' }),
    queue: z.string(),
    name: z.string(),
    sellerId: z.string().meta({ description: '`-` is programme-wide work' }),
    operationId: z.string().nullable(),
    commandNo: z.int().nullable(),
    state: z.enum(['ready', 'dead']),
    dueAt: instant.nullable().meta({ description: 'Not before; null = now' }),
    attempts: z.int(),
    crashes: z.int(),
    snoozes: z.int(),
    deadlineAt: instant.nullable(),
    lastError: z.string().nullable(),
    fingerprint: z.string().nullable(),
    deadAt: instant.nullable(),
    cancelReason: z.string().nullable(),
    createdAt: instant,
  })
  .meta({ id: 'Message' });

/** One line of what became of a message. */
export const messageEvent = z
  .object({
    at: instant,
    messageId: z.int().nullable().meta({ description: 'null = a job put straight into BullMQ' }),
    queue: z.string(),
    name: z.string(),
    sellerId: z.string(),
    operationId: z.string().nullable(),
    outcome: z.string().meta({ description: 'done, skip, cancel, dead or redriven' }),
    reason: z.string().nullable(),
    attempts: z.int(),
  })
  .meta({ id: 'MessageEvent' });
