import type { ApiKeyRow } from '@ge/database';

/** What a person is to this service. */
export type Role = 'operator';

/** What can be done here. Looking never changes anything; all others do, and are logged with who did it. */
export type Action = 'look' | 'retry' | 'retry-all' | 'pause' | 'add' | 'edit' | 'remove' | 'reschedule' | 'limit';

/** The one place where a role decides. What is not listed is refused. */
const allowed: Readonly<Record<Role, ReadonlySet<Action>>> = {
  operator: new Set(['look', 'retry', 'pause']),
};

export const mayDo = (role: Role, action: Action): boolean => allowed[role].has(action);

/** The role an API key gives here; null = none. A key that is limited to some operations is for machines. */
export const roleOf = (key: Pick<ApiKeyRow, 'scope' | 'operations'>): Role | null =>
  key.scope === 'operator' && key.operations.length === 0 ? 'operator' : null;

/** Who asks. */
export interface Actor {
  readonly keyId: string;
  readonly role: Role;
  /** null for a request with a key of its own instead of a session. */
  readonly session: { readonly id: string } | null;
}
