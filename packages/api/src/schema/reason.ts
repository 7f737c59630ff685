import { text } from './goods.ts';

/** Why a person of operations does something. It is kept for good in the audit, so nothing personal belongs into it. */
export const reason = text(500, 1);
