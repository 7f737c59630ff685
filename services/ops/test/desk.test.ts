import { assignSkus, decidePayout } from '@ge/contracts';
import { appendMessages, outgoing, readPauses, settleMessages, startOperation, takeMessages } from '@ge/database';
import type { OrderId, SellerId } from '@ge/domain';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Browser } from './browser.ts';
import { hidden } from './browser.ts';
import { OpsFixture } from './opsFixture.ts';

let ops: OpsFixture;
let viewer: Browser;
let operator: Browser;
let admin: Browser;
beforeAll(async () => {
  ops = await OpsFixture.open();
  viewer = await ops.loggedIn(ops.base, 'viewer');
  operator = await ops.loggedIn(ops.base, 'operator');
  admin = await ops.loggedIn(ops.base, 'admin');
});
afterAll(() => ops.close());

const database = () => ops.db.database;
const change = (sellerId: string) =>
  outgoing(assignSkus, {
    payload: { sellerId: sellerId as SellerId, commandNo: 1, items: [{ sku: 'K', template: { name: 'T' } }] },
    sellerId,
  });
const payout = (sellerId: string) =>
  outgoing(decidePayout, {
    payload: { sellerId: sellerId as SellerId, orderId: '111-1111111-1111111' as OrderId },
    sellerId,
  });

/** Presses the button of a form as it is served, with these fields filled in. */
async function press(browser: Browser, page: string, path: string, fields: Record<string, string>): Promise<Response> {
  const text = await (await browser.get(page)).text();
  return browser.postForm(path, { csrf: hidden(text, 'csrf'), ...fields });
}
const lastAudit = async () => {
  const rows = await database().query<Record<string, unknown>>(
    'select action, target, role, reason from audit_entries order by id desc limit 1',
  );
  return rows[0];
};

describe('pauses', () => {
  test('are made and lifted by whoever operates, never by a viewer, never without a reason', async () => {
    const target = { queue: 'label-purchase', seller: 'S9' };
    expect((await press(viewer, '/', '/pauses', { ...target, reason: 'x' })).status).toBe(403);
    expect((await press(operator, '/', '/pauses', { ...target, reason: ' ' })).status).toBe(400);
    expect((await press(operator, '/', '/pauses', { ...target, queue: 'no-such', reason: 'x' })).status).toBe(400);
    expect(await readPauses(database())).toEqual([]);
    expect((await press(operator, '/', '/pauses', { ...target, reason: 'under review' })).status).toBe(303);
    expect(await readPauses(database())).toMatchObject([
      { queue: 'label-purchase', sellerId: 'S9', reason: 'under review' },
    ]);
    expect(await lastAudit()).toEqual({
      action: 'pause.set',
      target: 'label-purchase/S9',
      role: 'operator',
      reason: 'under review',
    });
    expect((await press(operator, '/', '/pauses/lift', { ...target, reason: 'done' })).status).toBe(303);
    expect(await readPauses(database())).toEqual([]);
    expect(await lastAudit()).toMatchObject({ action: 'pause.lift', target: 'label-purchase/S9' });
  });
});

describe('the backlog', () => {
  test('of a seller is cancelled by an admin, after a look at what would be', async () => {
    await database().transaction((tx) => appendMessages(tx, [change('S1'), change('S1'), payout('S1'), change('S2')]));
    const page = await (await viewer.get('/backlog?seller=S1')).text();
    expect(page).toContain('href="/backlog?seller=S1"');
    expect(page).not.toContain('/backlog/cancel');
    const fields = { queue: '*', seller: 'S1', reason: 'left the programme' };
    expect((await press(operator, '/', '/backlog/cancel', { ...fields, sure: 'yes' })).status).toBe(403);
    expect((await press(admin, '/', '/backlog/cancel', { ...fields, seller: '' })).status).toBe(400);
    const cancelled = () =>
      database().query<{ name: string; seller_id: string }>(
        'select name, seller_id from messages where cancel_reason is not null order by id',
      );
    const asked = await press(admin, '/', '/backlog/cancel', fields);
    const preview = await asked.text();
    expect(preview).toContain('2 messages would be ended');
    expect(preview).toContain('1 always carried out');
    expect(await cancelled()).toEqual([]);
    const sure = { ...fields, reason: hidden(preview, 'reason'), sure: hidden(preview, 'sure') };
    expect((await press(admin, '/', '/backlog/cancel', sure)).status).toBe(303);
    expect(await cancelled()).toEqual(Array.from({ length: 2 }, () => ({ name: 'assign-skus', seller_id: 'S1' })));
    expect(await lastAudit()).toEqual({
      action: 'backlog.cancel',
      target: '*/S1',
      role: 'admin',
      reason: 'left the programme',
    });
  });
});

describe('dead messages', () => {
  test('stand together by what killed them, are looked at one by one, and run again at a rate after a look', async () => {
    const operationId = await database().transaction((tx) =>
      startOperation(tx, { kind: 'test', sellerId: 'S3' as SellerId, now: new Date() }, [change('S3'), change('S3')]),
    );
    const rows = await database().query<{ id: string }>(`select id from messages where seller_id = 'S3' order by id`);
    const ids = rows.map(({ id }) => Number(id));
    await database().transaction(async (tx) => {
      const { mine } = await takeMessages(
        tx,
        assignSkus.name,
        ids.map((id) => ({ id, gen: 0 })),
      );
      const ending = (id: number) => ({ kind: 'dead', reason: `jane@example.com: row ${id} is broken` }) as const;
      const settled = mine.map((message) => ({
        message,
        ending: ending(message.id),
        followUps: [],
        progress: null,
      }));
      await settleMessages(tx, settled, new Date());
    });
    const list = await (await viewer.get('/dead')).text();
    const path = /href="(\/dead\/[^"]+)"/.exec(list)![1]!;
    expect(list).not.toContain('jane');
    const group = await (await admin.get(path)).text();
    for (const id of ids) expect(group).toContain(`href="/why?id=${id}"`);
    expect(group).not.toContain('jane');
    expect((await press(operator, '/', path, { reason: 'x', sure: 'yes' })).status).toBe(403);
    expect((await press(admin, path, path, { reason: 'x', rate: 'many' })).status).toBe(400);

    const preview = await (await press(admin, path, path, { rate: '1', reason: 'store is back' })).text();
    expect(preview).toContain('Run 2 messages again?');
    const state = () =>
      database().query<{ state: string; apart: string }>(
        `select state, extract(epoch from due_at - min(due_at) over ()) as apart from messages where seller_id = 'S3' order by id`,
      );
    expect((await state()).map((row) => row.state)).toEqual(['dead', 'dead']);
    const sure = { rate: hidden(preview, 'rate'), reason: hidden(preview, 'reason'), sure: 'yes' };
    expect((await press(admin, path, path, sure)).status).toBe(303);
    expect((await state()).map((row) => [row.state, Number(row.apart)])).toEqual([
      ['ready', 0],
      ['ready', 1],
    ]);
    expect(await lastAudit()).toMatchObject({ action: 'messages.redrive', reason: 'store is back' });
    const why = await (await viewer.get(`/why?id=${ids[0]}`)).text();
    expect(why).toContain('redriven');
    expect(why).toContain(`href="/why?id=operation%3A${operationId}"`);
    expect(why).toContain(`/board/queue/sku-assignment/${ids[0]}-2`);
    expect(await (await viewer.get('/why?id=nothing-like-it')).text()).toContain('Nothing here has this id');
  });
});

test('no form works without the token of its session', async () => {
  const other = await ops.loggedIn(ops.base, 'admin');
  const csrf = hidden(await (await other.get('/')).text(), 'csrf');
  for (const path of ['/pauses', '/pauses/lift', '/backlog/cancel', '/dead/x', '/reason']) {
    for (const fields of [{}, { csrf }] as Record<string, string>[]) {
      const answer = await admin.postForm(path, { ...fields, queue: '*', seller: 'S1', reason: 'x', sure: 'yes' });
      expect(answer.status, path).toBe(403);
    }
  }
});
