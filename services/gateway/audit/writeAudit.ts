import { type AuditEntry, recordAudit } from '@ge/database';
import type { Call } from '../http/handler.ts';

/** Writes down who changed what, in the transaction of the change. Ids and numbers only: it is kept for good. */
export function writeAudit(
  { tx, access, now }: Pick<Call, 'tx' | 'access' | 'now'>,
  change: Pick<AuditEntry, 'action' | 'target' | 'before' | 'after' | 'reason'>,
): Promise<void> {
  // Only operator keys come as far as a route that is written down, and they have a role.
  if (!access.role) throw new Error(`${change.action} without a role`);
  return recordAudit(tx, [{ ...change, at: now, actor: access.keyId, role: access.role }]);
}
