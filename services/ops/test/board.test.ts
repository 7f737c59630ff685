import { appRoutes } from '@bull-board/api/dist/routes.js';
import { queueNames } from '@ge/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mayDo } from '../access.ts';
import { boardActions } from '../board/boardActions.ts';
import type { Browser } from './browser.ts';
import { OpsFixture } from './opsFixture.ts';

let ops: OpsFixture;
let browser: Browser;
beforeAll(async () => {
  ops = await OpsFixture.open({ 'label-purchase': 2 });
  browser = await ops.loggedIn();
});
afterAll(() => ops.close());

interface Listing {
  queues: { name: string; readOnlyMode: boolean; jobs: { id: string }[] }[];
}

test('the board lists every queue of the catalogue, with each name that workers take from; the label queue for looking only', async () => {
  const { queues } = (await (await browser.callBoard('GET', '/api/queues')).json()) as Listing;
  expect(queues.map(({ name }) => name).sort()).toEqual([...queueNames, 'label-purchase.2'].sort());
  expect(queues.filter(({ readOnlyMode }) => readOnlyMode).map(({ name }) => name)).toEqual([
    'label-purchase',
    'label-purchase.2',
  ]);
});

test('every call of the installed board has its place in the table', () => {
  const calls = appRoutes.api.flatMap(({ method, route }) =>
    [method].flat().flatMap((verb) => [route].flat().map((path) => `${verb} ${path}`)),
  );
  expect([...boardActions.keys()].sort()).toEqual(calls.sort());
  for (const [call, action] of boardActions) expect(action === 'look', call).toBe(call.startsWith('get '));
});

test('the page asks nobody outside for anything and keeps to its policy', async () => {
  const answer = await browser.get('/board/');
  const page = await answer.text();
  expect(page).toContain('<div id="root">');
  expect(page).not.toMatch(/(src|href)="(https?:)?\/\//);
  const policy = answer.headers.get('content-security-policy')!;
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self'");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  const script = /src="(static\/js\/main[^"]+)"/.exec(page)![1]!;
  expect((await browser.get(`/board/${script}`)).status).toBe(200);
});

describe('writes', () => {
  test('without the token of this very session nothing happens', async () => {
    const other = await ops.loggedIn();
    const queue = ops.queue('template-propagation');
    for (const token of [undefined, '', 'x'.repeat(43), other.cookies.get('XSRF-TOKEN')]) {
      const headers: Record<string, string> = token === undefined ? {} : { 'x-xsrf-token': token };
      const answer = await browser.send('PUT', '/board/api/queues/template-propagation/pause', {
        headers: { accept: 'application/json', ...headers },
      });
      expect([answer.status, await answer.json()]).toMatchObject([403, { code: 'ops.csrf' }]);
    }
    expect(await queue.isPaused()).toBe(false);
  });

  test('an operator may pause and resume a queue', async () => {
    const queue = ops.queue('template-propagation');
    expect((await browser.callBoard('PUT', '/api/queues/template-propagation/pause')).status).toBe(200);
    expect(await queue.isPaused()).toBe(true);
    expect(await (await browser.get('/')).text()).toContain('paused on the board');
    expect((await browser.callBoard('PUT', '/api/queues/template-propagation/resume')).status).toBe(200);
    expect(await queue.isPaused()).toBe(false);
  });

  test('no write reaches the label queue, not even through all queues at once', async () => {
    const job = await ops.queue('label-purchase').add('buy-label', { s: 'S1' }, { jobId: '5-0' });
    for (const [call, action] of boardActions) {
      if (action === 'look' || !call.includes(':queueName')) continue;
      const [method = '', route = ''] = call.split(' ');
      const path = route.replace(':queueName', 'label-purchase').replace(':jobId', '5-0').replace(/:\w+/g, 'failed');
      const answer = await browser.callBoard(method.toUpperCase(), path, {});
      expect(answer.status, call).toBe(mayDo('operator', action) ? 405 : 403);
    }
    await browser.callBoard('PUT', '/api/queues/pause');
    expect(await ops.queue('label-purchase').isPaused()).toBe(false);
    expect(await ops.queue('sku-assignment').isPaused()).toBe(true);
    await browser.callBoard('PUT', '/api/queues/resume');
    expect(await job.getState()).toBe('waiting');
  });

  test('what an operator may not do is refused with a reason and does nothing', async () => {
    const queue = ops.queue('enrollment-invitations');
    await queue.add('send-mail', { s: 'S1' }, { jobId: '6-0' });
    for (const [call, action] of boardActions) {
      if (mayDo('operator', action)) continue;
      const [method = '', route = ''] = call.split(' ');
      const path = route
        .replace(':queueName', 'enrollment-invitations')
        .replace(':jobId', '6-0')
        .replace(':queueStatus', 'waiting')
        .replace(/:\w+/g, 'x');
      const answer = await browser.callBoard(method.toUpperCase(), path, { name: 'send-mail', data: { s: 'S9' } });
      const body = (await answer.json()) as { message?: string };
      expect([answer.status, Boolean(body.message)], call).toEqual([403, true]);
    }
    const jobs = await queue.getJobs(['waiting', 'delayed', 'prioritized', 'completed', 'failed']);
    expect(jobs.map(({ id, data }) => [id, data])).toEqual([['6-0', { s: 'S1' }]]);
  });
});

describe('a retry of a failed job', () => {
  test('is refused where it would only hide a dead message, and goes through where it runs something', async () => {
    const queue = ops.queue('region-fanout');
    const dead = await ops.message('region-fanout', { state: 'dead' });
    const owed = await ops.message('region-fanout');
    const newer = await ops.message('region-fanout', { gen: 4 });
    const ids = { dead: `${dead}-0`, owed: `${owed}-0`, newer: `${newer}-3`, settled: '999999-0', direct: 'b7' };
    for (const jobId of Object.values(ids)) await queue.add('fan-out-region-setting', { s: 'S1' }, { jobId });
    const waiting = await browser.callBoard('PUT', `/api/queues/region-fanout/${ids.owed}/retry`);
    expect(waiting.status).toBe(409);

    await ops.failAll('region-fanout', 'no handler');
    const retry = async (id: string) => {
      const answer = await browser.callBoard('PUT', `/api/queues/region-fanout/${id}/retry`);
      return [answer.status, await (await queue.getJob(id))!.getState()];
    };
    expect(await retry(ids.dead)).toEqual([409, 'failed']);
    expect(await retry(ids.newer)).toEqual([409, 'failed']);
    expect(await retry(ids.settled)).toEqual([409, 'failed']);
    expect(await retry(ids.owed)).toEqual([204, 'waiting']);
    expect(await retry(ids.direct)).toEqual([204, 'waiting']);
    expect((await browser.callBoard('PUT', '/api/queues/region-fanout/12-0/retry')).status).toBe(404);
    const refused = await browser.callBoard('PUT', `/api/queues/region-fanout/${ids.dead}/retry`);
    expect(((await refused.json()) as { message: string }).message).toContain('dead in PostgreSQL');
  });
});

test('a page of the board never holds more than a hundred jobs', async () => {
  const queue = ops.queue('sku-assignment');
  await queue.addBulk(Array.from({ length: 130 }, () => ({ name: 'assign-skus', data: { s: 'S1' } })));
  const answer = await browser.callBoard(
    'GET',
    '/api/queues?activeQueue=sku-assignment&status=waiting&jobsPerPage=5000',
  );
  const { queues } = (await answer.json()) as Listing;
  expect(queues.find(({ name }) => name === 'sku-assignment')!.jobs).toHaveLength(100);
});
