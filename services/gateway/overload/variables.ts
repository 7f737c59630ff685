import { z } from 'zod';

const messages = z.coerce.number().int().min(1).max(100_000_000);

/** From which backlog on commands are refused. */
export const overloadVariables = {
  BACKLOG_PER_QUEUE: messages
    .default(500_000)
    .describe('messages ready in a queue from which on no command that adds to it is accepted'),
  BACKLOG_PER_SELLER: messages
    .default(100_000)
    .describe(
      'messages of one seller ready in a queue from which on no command of this seller that adds to it is accepted',
    ),
};
