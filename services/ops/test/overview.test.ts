import { queueNames } from '@ge/contracts';
import { readBacklog } from '@ge/database';
import { eventually } from '@ge/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addressOf, OpsFixture } from './opsFixture.ts';

let ops: OpsFixture;
beforeAll(async () => {
  ops = await OpsFixture.open({ 'region-fanout': 2 });
  await ops.db.database.query(
    `insert into messages (queue, name, seller_id, payload, state, created_at, due_at) values
       ('region-fanout', 'x', 'S1', '{}', 'ready', now() - interval '90 seconds', null),
       ('region-fanout', 'x', 'S2', '{}', 'ready', now(), null),
       ('region-fanout', 'x', 'S2', '{}', 'ready', now(), now() + interval '1 hour'),
       ('region-fanout', 'x', 'S2', '{}', 'ready', now() - interval '9 days', now() - interval '600 seconds'),
       ('region-fanout', 'x', 'S3', '{}', 'dead', now() - interval '9 days', null),
       ('label-purchase', 'x', '-', '{}', 'ready', now() - interval '2 days', now() + interval '1 day')`,
  );
  await ops.db.database.query(
    `insert into pauses values ('label-purchase', '*', 'carrier stop <b>'), ('*', 'S2', 'asked')`,
  );
  await ops.queue('region-fanout').add('fan-out-region-setting', { s: 'S1' }, { jobId: '1-0' });
  await ops.queue('region-fanout.2').add('fan-out-region-setting', { s: 'S2' }, { jobId: '2-0' });
});
afterAll(() => ops.close());

test('the backlog counts what is owed, judges age by when it became ready, and names whom most is owed to', async () => {
  const backlogs = await readBacklog(ops.db.database, queueNames, new Date());
  expect(backlogs.map(({ queue }) => queue)).toEqual(queueNames);
  const fanOut = backlogs.find(({ queue }) => queue === 'region-fanout')!;
  expect(fanOut).toMatchObject({ ready: 3, due: 1, dead: 1, relayed: false });
  expect(fanOut.oldestSeconds).toBeGreaterThan(595);
  expect(fanOut.oldestSeconds).toBeLessThan(700);
  expect(fanOut.topSellers).toEqual([
    { sellerId: 'S2', owed: 3 },
    { sellerId: 'S1', owed: 1 },
  ]);
  const labels = backlogs.find(({ queue }) => queue === 'label-purchase')!;
  expect(labels).toMatchObject({ ready: 0, due: 1, dead: 0, oldestSeconds: 0 });
  const idle = backlogs.find(({ queue }) => queue === 'sku-assignment')!;
  expect(idle).toMatchObject({ ready: 0, due: 0, dead: 0, oldestSeconds: 0, topSellers: [] });
});

test('the overview has a row per queue, links to the board, and says what holds a queue back', async () => {
  const browser = await ops.loggedIn();
  const page = await (await browser.get('/')).text();
  for (const queue of queueNames) expect(page).toContain(`<a href="/board/queue/${queue}">${queue}</a>`);
  expect(page).toContain('held back by the relay, 1 seller held back, no relay holds it');
  expect(page).toContain('carrier stop &lt;b&gt;');
  expect(page).toContain('<a class="whole" href="/backlog?seller=-">the programme (1)</a>');
  expect(page).not.toContain('<script');
});

test('metrics speak the names of BullMQ and of the fleet, on the port of health as well', async () => {
  const ours = await ops.loggedIn();
  for (const text of [
    await (await ours.get('/metrics')).text(),
    await (await fetch(`${ops.service.healthUrl}/metrics`)).text(),
  ]) {
    const value = (series: string) =>
      Number(new RegExp(`^${series.replace(/[{}]/g, '\\$&')} (.+)$`, 'm').exec(text)?.[1]);
    const labels = (rest: string) => `{queue="region-fanout",${rest}service="ops"}`;
    expect(value(`bullmq_job_count${labels('state="waiting",')}`)).toBe(2);
    expect(value(`ge_messages${labels('state="ready",')}`)).toBe(3);
    expect(value(`ge_messages${labels('state="due",')}`)).toBe(1);
    expect(value(`ge_messages${labels('state="dead",')}`)).toBe(1);
    expect(value(`ge_oldest_message_age_seconds${labels('')}`)).toBeGreaterThan(595);
    expect(value('ge_queue_paused{queue="label-purchase",by="relay",service="ops"}')).toBe(1);
    expect(value('ge_ops_store_up{store="redis",service="ops"}')).toBe(1);
  }
});

test('while Redis is away the overview still shows what is owed, and says so', async () => {
  const away = { ...ops.space, redisUrl: 'redis://127.0.0.1:1' };
  const service = await ops.start({}, away);
  const browser = await ops.loggedIn(addressOf(service));
  const page = await (await browser.get('/')).text();
  expect(page).toContain('Redis does not answer');
  expect(page).toContain('region-fanout');
  const pause = await browser.callBoard('PUT', '/api/queues/region-fanout/pause');
  expect([pause.status, await pause.json()]).toMatchObject([503, { code: 'ops.redis_away' }]);
  const text = await (await browser.get('/metrics')).text();
  expect(text).toContain('ge_ops_store_up{store="redis",service="ops"} 0');
  expect(text).toContain('ge_messages{queue="region-fanout",state="ready",service="ops"} 3');
});

test('it stops in order when told to', async () => {
  const service = await ops.start();
  const browser = await ops.loggedIn(addressOf(service));
  await browser.get('/board/');
  service.process.kill('SIGTERM');
  expect(await service.ended).toBe(0);
  await eventually('says so', () => service.log.some(({ msg }) => msg === 'stopped'));
});
