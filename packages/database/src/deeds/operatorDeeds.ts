import { type CarrierStanding, letGoOn, type OperatorRole, stopByHand } from '@ge/domain';
import { type CancelledBacklog, cancelBacklog } from '../messages/cancelBacklog.ts';
import { type DeadSelection, type Redriven, redrive } from '../messages/redrive.ts';
import { wakeWaitingFor } from '../messages/wakeWaitingFor.ts';
import { type AuditEntry, recordAudit } from '../queries/audit.ts';
import { changeStanding } from '../queries/carrierStandings.ts';
import { liftPause, type PauseRow, type PauseTarget, setPause } from '../queries/pauses.ts';
import type { Transaction } from '../transaction.ts';
import { pauseAction, pauseTarget } from '../why/pauseAudit.ts';

/** Who of operations does something, when and what for; written down in the transaction of the change itself. */
export interface Deed {
  readonly tx: Transaction;
  /** Id of the API key. */
  readonly actor: string;
  readonly role: OperatorRole;
  readonly now: Date;
  readonly reason: string | null;
}

type Change = Pick<AuditEntry, 'action' | 'target' | 'before' | 'after'>;

/** Writes down what was changed. Ids and numbers only: it is kept for good. */
export const recordDeed = ({ tx, actor, role, now, reason }: Deed, change: Change): Promise<void> =>
  recordAudit(tx, [{ ...change, at: now, actor, role, reason }]);

const written = (pause: PauseRow | null) => pause && { reason: pause.reason, createdAt: pause.createdAt };

/** Holds a queue, a seller, or a seller in one queue back. Returns the pause as it stands. */
export async function holdBack(deed: Deed & { readonly reason: string }, target: PauseTarget): Promise<PauseRow> {
  const { before, after } = await setPause(deed.tx, { ...target, reason: deed.reason, now: deed.now });
  const change = { target: pauseTarget(after), before: written(before), after: written(after) };
  await recordDeed(deed, { action: pauseAction, ...change });
  return after;
}

/** Lets go of what a pause held back; null, and nothing is written down, where there is none. */
export async function letGo(deed: Deed, target: PauseTarget): Promise<PauseRow | null> {
  const lifted = await liftPause(deed.tx, target);
  if (!lifted) return null;
  const change = { target: pauseTarget(lifted), before: written(lifted), after: null };
  await recordDeed(deed, { action: 'pause.lift', ...change });
  return lifted;
}

/** Has nothing bought at a carrier until it is let go on. Nothing is written down where it is stopped for this reason already. */
export const stopCarrier = (deed: Deed & { readonly reason: string }, carrierId: string): Promise<CarrierStanding> =>
  changeCarrier(deed, 'carrier.stop', carrierId, (before, at) => stopByHand(before, deed.reason, at));

/** Has a carrier called as ever, and what waits for it look in a moment. Nothing is written down where it is. */
export async function letCarrierGoOn(deed: Deed, carrierId: string): Promise<CarrierStanding> {
  const standing = await changeCarrier(deed, 'carrier.go_on', carrierId, letGoOn);
  await wakeWaitingFor(deed.tx, carrierId);
  return standing;
}

async function changeCarrier(
  deed: Deed,
  action: string,
  carrierId: string,
  change: Parameters<typeof changeStanding>[2],
): Promise<CarrierStanding> {
  const { before, after } = await changeStanding(deed.tx, carrierId, change);
  if (after === before) return after;
  await recordDeed(deed, { action, target: `carriers/${carrierId}`, before: noted(before), after: noted(after) });
  return after;
}

const noted = ({ breaker, stoppedAt, stopReason, noQuotesBefore, noPurchasesBefore }: CarrierStanding) => ({
  breaker,
  stoppedAt,
  stopReason,
  noQuotesBefore,
  noPurchasesBefore,
});

/** Cancels what a seller is owed in these queues; `named` is how the caller named them: a queue, or `*` for all. */
export async function dropBacklog(
  deed: Deed & { readonly reason: string },
  wanted: { readonly sellerId: string; readonly queues: readonly string[]; readonly named: string },
): Promise<CancelledBacklog> {
  const { sellerId, queues, named } = wanted;
  const cancelled = await cancelBacklog(deed.tx, { sellerId, queues, reason: deed.reason, dryRun: false });
  const change = { target: `${named}/${sellerId}`, before: null, after: cancelled.jobs };
  await recordDeed(deed, { action: 'backlog.cancel', ...change });
  return cancelled;
}

/** Makes dead messages ready again, at most `perSecond` a second; null = all at once. */
export async function runAgain(deed: Deed, selection: DeadSelection, perSecond: number | null): Promise<Redriven> {
  const redriven = await redrive(deed.tx, selection, { perSecond, reason: deed.reason, now: deed.now });
  const target = 'ids' in selection ? `messages/${selection.ids[0]}` : `dead/${selection.fingerprint}`;
  await recordDeed(deed, { action: 'messages.redrive', target, before: selection, after: redriven });
  return redriven;
}
