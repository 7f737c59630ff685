import { routes } from '@ge/api';
import { liftPause as lift, type PauseRow, pauseAction, pausesPage, pauseTarget, setPause as set } from '@ge/database';
import { writeAudit } from '../audit/writeAudit.ts';
import { handle } from '../http/handler.ts';
import { pageOf, partsOf } from '../http/pages.ts';
import { found } from '../http/refused.ts';
import { requireQueue } from './knownQueue.ts';

const written = (pause: PauseRow | null) => pause && { reason: pause.reason, createdAt: pause.createdAt };

export const listPauses = handle(routes.pauses.listPauses, async ({ tx, query }) => {
  const { limit } = query;
  const [queue = '', sellerId = ''] = partsOf(query.cursor, 2);
  const rows = await pausesPage(tx, { after: { queue, sellerId }, limit: limit + 1 });
  return { status: 200, body: pageOf(rows, limit, pauseTarget) };
});

export const setPause = handle(routes.pauses.setPause, async (call) => {
  const { queue, sellerId, reason } = call.body;
  if (queue !== '*') requireQueue(queue, '/queue');
  const { before, after } = await set(call.tx, { queue, sellerId, reason, now: call.now });
  await writeAudit(call, {
    action: pauseAction,
    target: pauseTarget(after),
    before: written(before),
    after: written(after),
    reason,
  });
  return { status: 200, body: after };
});

export const liftPause = handle(routes.pauses.liftPause, async (call) => {
  const lifted = found(await lift(call.tx, call.params));
  await writeAudit(call, {
    action: 'pause.lift',
    target: pauseTarget(lifted),
    before: written(lifted),
    after: null,
    reason: null,
  });
  return { status: 200, body: lifted };
});
