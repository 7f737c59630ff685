import { writeFeedReport } from '@ge/contracts';
import { type Outgoing, outgoing } from '@ge/database';
import type { Decision, Feed } from '@ge/domain';
import type { Job } from '@ge/runtime';

/** How long a feed waits before it looks again whether the one before it has ended: longer, the longer that takes. */
export const pauseBeforeNextLook = (looks: number): number => Math.min(5_000, 250 * 1.5 ** Math.min(looks, 20));

/** The feed's own states were checked before: a refusal here is a defect, and concerns this job only. */
export function granted(decision: Decision<Feed>): Feed {
  if (!decision.ok) throw new Error(decision.refusals.map((refusal) => refusal.code).join(', '));
  return decision.value;
}

/** The last job of a feed, within the operation of the one that it follows. */
export const reportAfter = ({ message }: Job, { id: feedId, sellerId }: Feed): Outgoing =>
  outgoing(writeFeedReport, { payload: { feedId, sellerId }, sellerId, operationId: message.operationId });
