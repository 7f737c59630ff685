import { routes } from '@ge/api';
import { auditPage } from '@ge/database';
import { handle } from '../http/handler.ts';
import { numberCursor, pageOf } from '../http/pages.ts';

export const listAudit = handle(routes.audit.listAudit, async ({ tx, query }) => {
  const { target = null, limit } = query;
  const rows = await auditPage(tx, { target, before: numberCursor(query.cursor), limit: limit + 1 });
  return { status: 200, body: pageOf(rows, limit, ({ id }) => String(id)) };
});
