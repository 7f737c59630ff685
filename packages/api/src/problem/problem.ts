import { z } from 'zod';
import { finding } from '../schema/finding.ts';

export const problemMediaType = 'application/problem+json';

/** RFC 9457, with the programme's code and every single reason. */
export const problem = z
  .object({
    type: z.string().meta({ description: 'Where the code is explained' }),
    title: z.string(),
    status: z.int(),
    code: z.string(),
    detail: z.string(),
    instance: z.string().meta({ description: 'This very answer, to be named to support' }),
    errors: z.array(finding),
  })
  .meta({ id: 'Problem' });

export type Problem = z.output<typeof problem>;
