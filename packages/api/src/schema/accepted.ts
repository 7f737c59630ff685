import { z } from 'zod';
import { finding } from './finding.ts';
import { operationId } from './wire.ts';

/** 202: the command is durable and will be carried out; the operation says how far it is. */
export const accepted = z
  .object({
    operationId,
    links: z.object({ operation: z.string() }),
    warnings: z.array(finding),
  })
  .meta({ id: 'Accepted' });
