import type { ApiKeyRow } from '@ge/database';
import type { OperatorRole } from '@ge/domain';

/** What can be done here. Looking never changes anything; all others do, and are logged with who did it. */
export type Action = 'look' | 'retry' | 'retry-all' | 'pause' | 'add' | 'edit' | 'remove' | 'reschedule' | 'limit';

/** The one place where a role decides. What is not listed is refused. */
const allowed: Readonly<Record<OperatorRole, ReadonlySet<Action>>> = {
  viewer: new Set(['look']),
  operator: new Set(['look', 'retry', 'pause']),
  admin: new Set(['look', 'retry', 'pause']),
};

export const mayDo = (role: OperatorRole, action: Action): boolean => allowed[role].has(action);

/** The role an API key gives here; null = none. A key that is limited to some operations is for machines. */
export const roleOf = (key: Pick<ApiKeyRow, 'scope' | 'role' | 'operations'>): OperatorRole | null =>
  key.scope === 'operator' && key.operations.length === 0 ? key.role : null;

/** Who asks. */
export interface Actor {
  readonly keyId: string;
  readonly role: OperatorRole;
  /** null for a request with a key of its own instead of a session. */
  readonly session: { readonly id: string } | null;
}
