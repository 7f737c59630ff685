import { afterAll, beforeAll, expect, test } from 'vitest';
import { boardActions } from '../board/boardActions.ts';
import type { Browser } from './browser.ts';
import { OpsFixture } from './opsFixture.ts';

let ops: OpsFixture;
let browser: Browser;
beforeAll(async () => {
  ops = await OpsFixture.open();
  browser = await ops.loggedIn();
});
afterAll(() => ops.close());

/** Stands for anything personal; must not come out anywhere. */
const secrets = ['Jane Roe', 'jane.roe@example.com', '+1 212 555 0147', '12 Elm Street'];
const secret = secrets.join(' / ');

const readPaths = (id: string): string[] => [
  ...[...boardActions]
    .filter(([, action]) => action === 'look')
    .map(([call]) => `/board${call.split(' ')[1]!.replace(':queueName', 'sku-assignment').replace(':jobId', id)}`),
  ...['latest', 'waiting', 'delayed', 'failed'].map((s) => `/board/api/queues?activeQueue=sku-assignment&status=${s}`),
  '/board/api/job-schedulers?queueName=sku-assignment',
  '/board/queue/sku-assignment',
  '/',
  '/metrics',
];

test('whatever somebody puts into a job, nothing of it is shown but ids of the known kind', async () => {
  const queue = ops.queue('sku-assignment');
  const data = { v: 1, key: secret, day: '2026-11-22', sellerId: secret, s: secret, payload: { name: secret }, secret };
  const options = { telemetry: { metadata: secret } };
  const odd = await queue.add(secret, data, { ...options, jobId: 'x jane.roe@example.com' });
  const plain = await queue.add('assign-skus', data, { ...options, jobId: '77-0' });
  await plain.log(secret);
  await plain.updateProgress({ secret });
  // A reason is text of the fleet's own; what slipped into it of addresses and numbers is taken out.
  await ops.failAll(
    'sku-assignment',
    'could not write to jane.roe@example.com (+1 212 555 0147)\n12 Elm Street\nJane Roe',
  );
  await queue.add(secret, data, { ...options, jobId: 'late', delay: 600_000 });
  await queue.upsertJobScheduler(secret, { every: 600_000 }, { name: secret, data });
  await queue.add('assign-skus', data, options);

  for (const id of ['77-0', 'late', encodeURIComponent(odd.id!)]) {
    for (const path of readPaths(id)) {
      const text = await (await browser.get(path, { accept: 'application/json,text/html' })).text();
      for (const word of secrets) expect(text.includes(word), `${word} in ${path}`).toBe(false);
    }
  }
  const { job } = (await (await browser.callBoard('GET', '/api/queues/sku-assignment/77-0')).json()) as {
    job: Record<string, unknown>;
  };
  expect(job).toMatchObject({
    id: '77-0',
    externalUrl: { href: '/why?id=77-0' },
    name: 'assign-skus',
    failedReason: 'could not write to …@… (…)',
    stacktrace: [],
    data: { day: '2026-11-22', payload: 'not shown' },
    returnValue: null,
  });
});

test('the log names keys and calls, never what was sent', async () => {
  const text = JSON.stringify(ops.service.log);
  for (const word of [...secrets, 'ge_operator_']) expect(text.includes(word)).toBe(false);
  expect(text).toContain('logged in');
});
