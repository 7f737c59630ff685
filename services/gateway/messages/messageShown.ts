import type { MessageRow } from '@ge/database';

/** A message as an answer shows it. */
export const messageShown = (row: MessageRow) => ({ ...row, jobId: `${row.id}-${row.gen}` });
