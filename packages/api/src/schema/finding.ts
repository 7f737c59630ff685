import { z } from 'zod';

/** One reason or warning, in the language of the request. */
export const finding = z
  .object({
    code: z.string().meta({ description: 'Stable; the table of codes is in the document' }),
    rule: z.string().nullable().meta({ description: 'Rule of the programme, such as R6' }),
    field: z
      .string()
      .meta({ description: 'JSON pointer into what was sent; /query/…, /path/… or /header/… outside the body' }),
    message: z.string(),
    remedy: z.string(),
  })
  .meta({ id: 'Finding' });

export type Finding = z.output<typeof finding>;
