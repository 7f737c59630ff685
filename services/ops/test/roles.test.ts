import { type OperatorRole, operatorRoles } from '@ge/domain';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asksForReason, mayDo } from '../access.ts';
import { boardActions } from '../board/boardActions.ts';
import { Browser, hidden } from './browser.ts';
import { OpsFixture } from './opsFixture.ts';

let ops: OpsFixture;
beforeAll(async () => {
  ops = await OpsFixture.open();
});
afterAll(() => ops.close());

const queue = 'enrollment-invitations';
const pathOf = (route: string) =>
  route.replace(':queueName', queue).replace(':jobId', '6-0').replace(':queueStatus', 'failed').replace(/:\w+/g, 'x');

const audit = () =>
  ops.db.database.query<Record<string, unknown>>(
    'select actor, role, action, target, before, after, reason from audit_entries order by id',
  );

describe.each(operatorRoles)('as %s', (role: OperatorRole) => {
  test('every call of the board answers as the table of roles says, and writes are kept before they are done', async () => {
    await ops.queue(queue).add('send-mail', { s: 'S1' }, { jobId: '6-0' });
    const { id, key } = await ops.issueKey({ role });
    for (const [call, action] of boardActions) {
      // The board itself does not offer it here: each look would cost a CLIENT LIST.
      if (call === 'get /api/queues/:queueName/workers') continue;
      const [method = '', route = ''] = call.split(' ');
      const before = await audit();
      const send = (headers: Record<string, string> = {}) =>
        new Browser(ops.base, { authorization: `Bearer ${key}`, ...headers }).callBoard(
          method.toUpperCase(),
          pathOf(route),
          method === 'get' ? undefined : { concurrency: 3, max: 5, duration: 1000 },
        );
      const plain = await send();
      if (!mayDo(role, action)) {
        expect(plain.status, call).toBe(403);
        expect(await audit(), call).toHaveLength(before.length);
        continue;
      }
      if (asksForReason(action)) {
        expect([plain.status, await plain.text()], call).toEqual([400, expect.stringContaining('Say first what for')]);
        expect(await audit(), call).toHaveLength(before.length);
        expect(await (await send({ 'x-reason': 'a drill' })).text(), call).not.toContain('Say first what for');
      } else expect([400, 403], call).not.toContain(plain.status);
      const written = (await audit()).slice(before.length);
      // A retry of what has not failed is refused for its own reason, and a call that fails is kept as that too.
      if (action === 'look' || action === 'retry') expect(written, call).toEqual([]);
      else
        expect(written[0], call).toMatchObject({ actor: id, role, reason: asksForReason(action) ? 'a drill' : null });
    }
  });

  test('every page of the desk may be looked at', async () => {
    const browser = await ops.loggedIn(ops.base, role);
    for (const path of ['/', '/backlog', '/dead', '/dead/x', '/why', '/audit', '/reason', '/metrics', '/board/'])
      expect((await browser.get(path)).status, path).toBe(200);
  });
});

/** Every form of the desk, and what it does. */
const forms = [
  ['/pauses', 'pause'],
  ['/pauses/lift', 'pause'],
  ['/backlog/cancel', 'cancel'],
  ['/dead/none', 'redrive'],
] as const;

test.for(operatorRoles)('every form of the desk is open to %s as the table of roles says', async (role) => {
  const browser = await ops.loggedIn(ops.base, role);
  const csrf = hidden(await (await browser.get('/')).text(), 'csrf');
  for (const [path, action] of forms) {
    const fields = { csrf, queue: 'region-fanout', seller: 'S-NOBODY', reason: 'a drill', sure: 'yes' };
    const { status } = await browser.postForm(path, fields);
    expect([303, 403], path).toContain(status);
    expect(status === 303, `${path} as ${role}`).toBe(mayDo(role, action));
  }
});

test('what is kept says who did what to what, how it was before, and what for', async () => {
  const browser = await ops.loggedIn(ops.base, 'admin');
  const page = await (await browser.get('/reason')).text();
  const csrf = /name="csrf" value="([^"]+)"/.exec(page)![1]!;
  await browser.postForm('/reason', { csrf, reason: '  carrier\nunder repair ', next: '/board/' });
  const start = (await audit()).length;
  await ops.queue('region-fanout').add('fan-out-region-setting', { s: 'S1' }, { jobId: '8-0' });
  await browser.callBoard('PUT', '/api/queues/region-fanout/pause');
  await browser.callBoard('PUT', '/api/queues/region-fanout/8-0/clean');
  await browser.callBoard('PUT', '/api/queues/resume');
  await browser.callBoard('PUT', '/api/queues/region-fanout/missing jane@example.com/clean');
  const reason = 'carrier under repair';
  const written = (await audit()).slice(start);
  expect(written.slice(0, 3)).toMatchObject([
    { action: 'board.pause', target: 'region-fanout', before: { paused: false }, after: { paused: true }, reason },
    {
      action: 'board.clean',
      target: 'region-fanout/8-0',
      before: { state: 'waiting', job: 'fan-out-region-setting' },
      reason,
    },
    {
      action: 'board.resume',
      target: '*',
      before: { paused: { 'region-fanout': true } },
      after: { paused: false },
      reason,
    },
  ]);
  expect(written.slice(3)).toMatchObject([
    { action: 'board.clean', before: { state: 'gone' } },
    { action: 'board.clean.failed', after: { status: 404 } },
  ]);
  expect(JSON.stringify(written)).not.toContain('jane');
  const changes = await (await browser.get('/audit?target=region-fanout')).text();
  expect(changes).toContain('board.pause');
  expect(changes).not.toContain('board.resume');
});

test('a reason counts in its own session alone, and is gone with an empty one', async () => {
  const first = await ops.loggedIn(ops.base, 'admin');
  const second = await ops.loggedIn(ops.base, 'admin');
  const state = async (browser: Browser, reason: string) => {
    const csrf = /name="csrf" value="([^"]+)"/.exec(await (await browser.get('/reason')).text())![1]!;
    return browser.postForm('/reason', { csrf, reason, next: '//elsewhere.example/' });
  };
  const limit = (browser: Browser) =>
    browser.callBoard('PUT', '/api/queues/sku-assignment/concurrency', { concurrency: 2 });
  expect((await limit(first)).status).toBe(400);
  expect((await state(first, 'slow database')).headers.get('location')).toBe('/');
  expect((await limit(first)).status).toBeLessThan(300);
  second.cookies.set('ge_ops_reason', first.cookies.get('ge_ops_reason')!);
  expect((await limit(second)).status).toBe(400);
  await state(first, ' ');
  expect((await limit(first)).status).toBe(400);
});
