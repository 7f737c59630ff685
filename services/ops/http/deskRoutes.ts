import {
  backlogPage as backlogRows,
  cancelBacklog,
  deadGroups,
  deadMessagesPage,
  dropBacklog,
  holdBack,
  letGo,
  previewRedrive,
  runAgain,
  whyOf,
} from '@ge/database';
import { type RequestHandler, Router } from 'express';
import { queuesOf, readFingerprint, readQueue, readRate, readSeller } from '../desk/readForm.ts';
import { backlogPage, cancelPage } from '../pages/backlogPage.ts';
import { deadGroupPage, deadPage, redrivePage } from '../pages/deadPage.ts';
import { whyPage } from '../pages/whyPage.ts';
import { changes, type Desk, given, looks, may, standingOf } from './desk.ts';
import { formBody } from './login.ts';

const perPage = 50;

/** The pages that look. */
export function deskPages(desk: Desk): Router {
  const router = Router();
  router.get('/backlog', showBacklog(desk));
  router.get('/dead', showDead(desk));
  router.get('/dead/:fingerprint', showDeadGroup(desk));
  router.get('/why', showWhy(desk));
  return router;
}

/** The forms that change something; mount it where the token of the form is checked after its body was read. */
export function deskForms(desk: Desk): Router {
  const router = Router();
  const { check } = desk.door.csrf;
  router.post('/pauses', formBody, check, setPause(desk));
  router.post('/pauses/lift', formBody, check, liftPause(desk));
  router.post('/backlog/cancel', formBody, check, cancel(desk));
  router.post('/dead/:fingerprint', formBody, check, redrive(desk));
  return router;
}

const showBacklog = (desk: Desk): RequestHandler =>
  looks(desk, async (tx, { query }, response) => {
    const queue = readQueue(query.queue) ?? '*';
    const sellerId = readSeller(query.seller) ?? '*';
    const after = { queue: String(query.afterQueue ?? ''), sellerId: String(query.afterSeller ?? '') };
    const rows = await backlogRows(tx, {
      queues: queuesOf(queue),
      sellerId: sellerId === '*' ? null : sellerId,
      withLater: true,
      after: after.queue === '' ? null : after,
      limit: perPage + 1,
    });
    const shown = rows.slice(0, perPage);
    const last = rows.length > perPage ? shown.at(-1) : undefined;
    const next = new URLSearchParams({ queue, seller: sellerId === '*' ? '' : sellerId });
    if (last)
      for (const [name, value] of Object.entries({ afterQueue: last.queue, afterSeller: last.sellerId }))
        next.set(name, value);
    return backlogPage({
      ...standingOf(desk, response),
      rows: shown,
      queue,
      sellerId,
      more: last ? `/backlog?${next}` : null,
      mayCancel: may(response, 'cancel'),
    });
  });

const showDead = (desk: Desk): RequestHandler =>
  looks(desk, async (tx, { query }, response) => {
    const [queue = '', name = '', fingerprint = ''] = String(query.after ?? '').split('/');
    const after = queue === '' ? null : { queue, name, fingerprint };
    const groups = await deadGroups(tx, { queue: null, after, limit: perPage + 1 });
    const shown = groups.slice(0, perPage);
    const last = groups.length > perPage ? shown.at(-1) : undefined;
    const key = last && `${last.queue}/${last.name}/${last.fingerprint}`;
    return deadPage({
      ...standingOf(desk, response),
      groups: shown,
      more: key ? `/dead?after=${encodeURIComponent(key)}` : null,
    });
  });

const showDeadGroup = (desk: Desk): RequestHandler =>
  looks(desk, async (tx, { params, query }, response) => {
    const fingerprint = readFingerprint(params.fingerprint) ?? '';
    const after = /^\d{1,15}$/.test(String(query.after)) ? Number(query.after) : null;
    const rows = await deadMessagesPage(tx, {
      group: { fingerprint, queue: null, name: null },
      after,
      limit: perPage + 1,
    });
    const shown = rows.slice(0, perPage);
    const more = rows.length > perPage ? `/dead/${encodeURIComponent(fingerprint)}?after=${shown.at(-1)!.id}` : null;
    const mayRedrive = may(response, 'redrive');
    return deadGroupPage({ ...standingOf(desk, response), fingerprint, messages: shown, more, mayRedrive });
  });

const showWhy = (desk: Desk): RequestHandler =>
  looks(desk, async (tx, { query }, response) => {
    const id = typeof query.id === 'string' ? query.id.trim().slice(0, 200) : '';
    const why = id === '' ? null : await whyOf(tx, id, desk.clock.now());
    return whyPage({ ...standingOf(desk, response), id, why });
  });

type Fields = Readonly<Record<string, unknown>>;

const setPause = (desk: Desk): RequestHandler =>
  changes(desk, 'pause', async (deed, { body }) => {
    const { queue, seller } = body as Fields;
    await holdBack(deed, { queue: given(readQueue(queue), 'queue'), sellerId: given(readSeller(seller), 'seller') });
    return { to: '/' };
  });

const liftPause = (desk: Desk): RequestHandler =>
  changes(desk, 'pause', async (deed, { body }) => {
    const { queue, seller } = body as Fields;
    await letGo(deed, { queue: given(readQueue(queue), 'queue'), sellerId: given(readSeller(seller), 'seller') });
    return { to: '/' };
  });

const cancel = (desk: Desk): RequestHandler =>
  changes(desk, 'cancel', async (deed, { body }, response) => {
    const fields = body as Fields;
    const queue = given(readQueue(fields.queue), 'queue');
    const sellerId = given(readSeller(fields.seller), 'seller');
    // Everybody's backlog is nobody's to cancel with one button.
    if (sellerId === '*') given(null, 'seller');
    const wanted = { sellerId, queues: queuesOf(queue) };
    if (fields.sure === 'yes') {
      await dropBacklog(deed, { ...wanted, named: queue });
      return { to: `/backlog?seller=${encodeURIComponent(sellerId)}` };
    }
    const { jobs } = await cancelBacklog(deed.tx, { ...wanted, reason: deed.reason, dryRun: true });
    return { page: cancelPage({ ...standingOf(desk, response), queue, sellerId, reason: deed.reason, jobs }) };
  });

const redrive = (desk: Desk): RequestHandler =>
  changes(desk, 'redrive', async (deed, { body, params }, response) => {
    const fields = body as Fields;
    const fingerprint = given(readFingerprint(params.fingerprint), 'fingerprint');
    const rate = readRate(fields.rate);
    if (rate === undefined) given(rate, 'rate');
    const perSecond = rate ?? null;
    const selection = { fingerprint, queue: null, name: null };
    if (fields.sure === 'yes') {
      await runAgain(deed, selection, perSecond);
      return { to: '/dead' };
    }
    const preview = await previewRedrive(deed.tx, selection, { perSecond, now: deed.now });
    return {
      page: redrivePage({ ...standingOf(desk, response), fingerprint, preview, rate: perSecond, reason: deed.reason }),
    };
  });
