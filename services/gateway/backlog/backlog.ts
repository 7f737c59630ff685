import { routes } from '@ge/api';
import { queueNames } from '@ge/contracts';
import { backlogPage, dropBacklog, cancelBacklog as previewCancel } from '@ge/database';
import { deedOf } from '../audit/writeAudit.ts';
import { handle } from '../http/handler.ts';
import { pageOf, partsOf } from '../http/pages.ts';
import { requireQueue } from '../pauses/knownQueue.ts';
import { readSeller } from '../sellers/lockSeller.ts';

export const listBacklog = handle(routes.backlog.listBacklog, async ({ tx, query }) => {
  const { queue, sellerId = null, limit } = query;
  if (queue !== undefined) requireQueue(queue, '/query/queue');
  const [afterQueue = '', afterSeller = ''] = partsOf(query.cursor, 2);
  const rows = await backlogPage(tx, {
    queues: queue === undefined ? queueNames : [queue],
    sellerId,
    withLater: query.withLater === 'true',
    after: { queue: afterQueue, sellerId: afterSeller },
    limit: limit + 1,
  });
  return { status: 200, body: pageOf(rows, limit, (row) => `${row.queue}/${row.sellerId}`) };
});

export const cancelBacklog = handle(routes.backlog.cancelBacklog, async (call) => {
  const { queue, sellerId, reason = '', dryRun } = call.body;
  if (queue !== undefined) requireQueue(queue, '/queue');
  await readSeller(call.tx, sellerId);
  const wanted = { sellerId, queues: queue === undefined ? queueNames : [queue] };
  const cancelled = dryRun
    ? await previewCancel(call.tx, { ...wanted, reason, dryRun })
    : await dropBacklog(deedOf(call, reason), { ...wanted, named: queue ?? '*' });
  return { status: 200, body: { dryRun, ...cancelled } };
});
