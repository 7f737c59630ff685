import { type AuditEntry, type Deed, recordDeed } from '@ge/database';
import type { Call } from '../http/handler.ts';

/** What is done with this request, by whom and what for. */
export function deedOf<Reason extends string | null>(
  { tx, access, now }: Pick<Call, 'tx' | 'access' | 'now'>,
  reason: Reason,
): Deed & { readonly reason: Reason } {
  // Only operator keys come as far as a route that is written down, and they have a role.
  if (!access.role) throw new Error('a deed without a role');
  return { tx, actor: access.keyId, role: access.role, now, reason };
}

/** Writes down who changed what, in the transaction of the change. Ids and numbers only: it is kept for good. */
export const writeAudit = (
  call: Pick<Call, 'tx' | 'access' | 'now'>,
  { reason, ...change }: Pick<AuditEntry, 'action' | 'target' | 'before' | 'after' | 'reason'>,
): Promise<void> => recordDeed(deedOf(call, reason), change);
