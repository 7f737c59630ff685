import { auditPage, type Database } from '@ge/database';
import type { RequestHandler } from 'express';
import { changesPage } from '../pages/auditPage.ts';
import type { Door } from './authenticate.ts';
import { actorIn } from './locals.ts';

const perPage = 50;

/** What was changed, the newest first, of one target or of all. */
export function auditRoute(database: Database, { csrf }: Door): RequestHandler {
  return async (request, response) => {
    const { session, role } = actorIn(response);
    const target = typeof request.query.target === 'string' ? request.query.target.slice(0, 200) : null;
    const before = /^\d{1,15}$/.test(String(request.query.before)) ? Number(request.query.before) : null;
    const rows = await database.transaction((tx) => auditPage(tx, { target, before, limit: perPage + 1 }));
    const entries = rows.slice(0, perPage);
    const last = rows.length > perPage ? entries.at(-1) : undefined;
    const more = new URLSearchParams({ ...(target !== null && { target }), before: String(last?.id) });
    const token = session && csrf.tokenFor(session.id);
    response
      .type('html')
      .send(changesPage({ entries, target, older: last ? `/audit?${more}` : null, csrf: token, role }));
  };
}
