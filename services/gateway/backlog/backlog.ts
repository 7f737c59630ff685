import { routes } from '@ge/api';
import { queueNames } from '@ge/contracts';
import { backlogPage, cancelBacklog as cancel } from '@ge/database';
import { writeAudit } from '../audit/writeAudit.ts';
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
  const cancelled = await cancel(call.tx, {
    sellerId,
    queues: queue === undefined ? queueNames : [queue],
    reason,
    dryRun,
  });
  if (!dryRun) {
    const target = `${queue ?? '*'}/${sellerId}`;
    await writeAudit(call, { action: 'backlog.cancel', target, before: null, after: cancelled.jobs, reason });
  }
  return { status: 200, body: { dryRun, ...cancelled } };
});
