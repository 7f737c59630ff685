import type { ApiKeyRow } from '@ge/database';
import type { OperatorRole } from '@ge/domain';

/** What can be done here. Looking never changes anything; all others do, and are kept with who did it. */
export type Action =
  | 'look'
  | 'retry'
  | 'retry-all'
  | 'pause'
  | 'add'
  | 'edit'
  | 'remove'
  | 'reschedule'
  | 'limit'
  | 'redrive'
  | 'cancel';

const viewing: readonly Action[] = ['look'];
const operating: readonly Action[] = [...viewing, 'retry', 'pause'];
const administering: readonly Action[] = [...operating, 'remove', 'reschedule', 'limit', 'redrive', 'cancel'];

/** The one place where a role decides. What is not listed is refused to everybody. */
const allowed: Readonly<Record<OperatorRole, ReadonlySet<Action>>> = {
  viewer: new Set(viewing),
  operator: new Set(operating),
  admin: new Set(administering),
};

export const mayDo = (role: OperatorRole, action: Action): boolean => allowed[role].has(action);

/** What an admin does only after having said what for. */
const dangerous: ReadonlySet<Action> = new Set(['remove', 'reschedule', 'limit', 'redrive', 'cancel']);

export const asksForReason = (action: Action): boolean => dangerous.has(action);

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
