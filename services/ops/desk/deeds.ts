import {
  type CancelledBacklog,
  cancelBacklog,
  type DeadSelection,
  liftPause,
  type PauseRow,
  type PauseTarget,
  pauseAction,
  pauseTarget,
  type Redriven,
  recordAudit,
  redrive,
  setPause,
  type Transaction,
} from '@ge/database';
import type { Actor } from '../access.ts';

/** Who does something, when and what for. */
export interface Deed {
  readonly tx: Transaction;
  readonly actor: Actor;
  readonly now: Date;
  readonly reason: string;
}

type Change = { readonly action: string; readonly target: string; readonly before: unknown; readonly after: unknown };

/** In the transaction of the change itself, in the words that the API uses for the same. */
const keep = ({ tx, actor, now, reason }: Deed, change: Change): Promise<void> =>
  recordAudit(tx, [{ ...change, at: now, actor: actor.keyId, role: actor.role, reason: reason || null }]);

const written = (pause: PauseRow | null) => pause && { reason: pause.reason, createdAt: pause.createdAt };

export async function pause(deed: Deed, target: PauseTarget): Promise<void> {
  const { before, after } = await setPause(deed.tx, { ...target, reason: deed.reason, now: deed.now });
  await keep(deed, {
    action: pauseAction,
    target: pauseTarget(after),
    before: written(before),
    after: written(after),
  });
}

/** Nothing happens, and nothing is kept, where there is no such pause any more. */
export async function lift(deed: Deed, target: PauseTarget): Promise<void> {
  const before = await liftPause(deed.tx, target);
  if (!before) return;
  await keep(deed, { action: 'pause.lift', target: pauseTarget(before), before: written(before), after: null });
}

export async function cancelOwed(
  deed: Deed,
  wanted: { readonly sellerId: string; readonly queues: readonly string[]; readonly named: string },
): Promise<CancelledBacklog> {
  const { sellerId, queues, named } = wanted;
  const cancelled = await cancelBacklog(deed.tx, { sellerId, queues, reason: deed.reason, dryRun: false });
  const target = `${named}/${sellerId}`;
  await keep(deed, { action: 'backlog.cancel', target, before: null, after: cancelled.jobs });
  return cancelled;
}

export async function redriveDead(
  deed: Deed,
  selection: DeadSelection & { readonly fingerprint: string },
  perSecond: number | null,
): Promise<Redriven> {
  const redriven = await redrive(deed.tx, selection, { perSecond, reason: deed.reason, now: deed.now });
  const target = `dead/${selection.fingerprint}`;
  await keep(deed, { action: 'messages.redrive', target, before: selection, after: redriven });
  return redriven;
}
