import { routes } from '@ge/api';
import { type DeadSelection, deadGroups, deadMessagesPage, previewRedrive, runAgain } from '@ge/database';
import { isAtLeast } from '@ge/domain';
import { deedOf } from '../audit/writeAudit.ts';
import { handle } from '../http/handler.ts';
import { numberCursor, pageOf, partsOf } from '../http/pages.ts';
import { HttpRefusal } from '../http/refused.ts';
import { messageShown } from '../messages/messageShown.ts';

export const listDeadGroups = handle(routes.deadMessages.listDeadGroups, async ({ tx, query }) => {
  const [queue = '', name = '', fingerprint = ''] = partsOf(query.cursor, 3);
  const { limit } = query;
  const after = { queue, name, fingerprint };
  const rows = await deadGroups(tx, { queue: query.queue ?? null, after, limit: limit + 1 });
  return { status: 200, body: pageOf(rows, limit, (row) => `${row.queue}/${row.name}/${row.fingerprint}`) };
});

export const listDeadMessages = handle(routes.deadMessages.listDeadMessages, async ({ tx, query }) => {
  const { fingerprint = null, queue = null, name = null, limit } = query;
  const wanted = { group: { fingerprint, queue, name }, after: numberCursor(query.cursor), limit: limit + 1 };
  const rows = await deadMessagesPage(tx, wanted);
  return { status: 200, body: pageOf(rows, limit, ({ id }) => String(id), messageShown) };
});

export const redriveDeadMessages = handle(routes.deadMessages.redriveDeadMessages, async (call) => {
  const { body, tx, now, access } = call;
  const { dryRun, reason = null, perSecond = null } = body;
  const selection: DeadSelection =
    'ids' in body
      ? { ids: body.ids }
      : { fingerprint: body.fingerprint, queue: body.queue ?? null, name: body.name ?? null };
  if (dryRun) {
    const preview = await previewRedrive(tx, selection, { perSecond, now });
    return { status: 200, body: { dryRun, ...preview } };
  }
  const isAdmin = access.role !== null && isAtLeast(access.role, 'admin');
  const redriven = await runAgain(deedOf(call, reason), selection, perSecond);
  // Counted by what was done: whoever refuses rolls it back.
  if (redriven.messages > 1 && !isAdmin) throw new HttpRefusal('http.forbidden');
  return { status: 200, body: { dryRun, ...redriven } };
});
