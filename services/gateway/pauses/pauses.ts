import { routes } from '@ge/api';
import { holdBack, letGo, pausesPage, pauseTarget } from '@ge/database';
import { deedOf } from '../audit/writeAudit.ts';
import { handle } from '../http/handler.ts';
import { pageOf, partsOf } from '../http/pages.ts';
import { found } from '../http/refused.ts';
import { requireQueue } from './knownQueue.ts';

export const listPauses = handle(routes.pauses.listPauses, async ({ tx, query }) => {
  const { limit } = query;
  const [queue = '', sellerId = ''] = partsOf(query.cursor, 2);
  const rows = await pausesPage(tx, { after: { queue, sellerId }, limit: limit + 1 });
  return { status: 200, body: pageOf(rows, limit, pauseTarget) };
});

export const setPause = handle(routes.pauses.setPause, async (call) => {
  const { queue, sellerId, reason } = call.body;
  if (queue !== '*') requireQueue(queue, '/queue');
  return { status: 200, body: await holdBack(deedOf(call, reason), { queue, sellerId }) };
});

export const liftPause = handle(routes.pauses.liftPause, async (call) => ({
  status: 200,
  body: found(await letGo(deedOf(call, null), call.params)),
}));
