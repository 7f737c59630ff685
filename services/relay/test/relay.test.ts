import { decidePayout, sendMail } from '@ge/contracts';
import { announceTaker, appendMessages, outgoing } from '@ge/database';
import type { MailId, OrderId, SellerId } from '@ge/domain';
import { boardQueues, failingConnection, partsOf, prefixOf } from '@ge/queue';
import { eventually, type ServiceProcess, startService, type TestDatabase, testDatabase, testSpace } from '@ge/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';

let db: TestDatabase;
let space: ReturnType<typeof testSpace>;
let redis: ReturnType<typeof failingConnection>;
let running: ServiceProcess[];

beforeEach(async () => {
  db = await testDatabase();
  space = testSpace();
  redis = failingConnection(space);
  running = [];
});

afterEach(async () => {
  await Promise.all(running.map((service) => service.stop()));
  redis.disconnect();
  await db.drop();
});

async function start(env: Record<string, string> = {}): Promise<ServiceProcess> {
  const service = await startService('relay', {
    databaseUrl: db.url,
    space,
    env: { RELAY_WINDOW: '100', RELAY_LEASE_MS: '600', ...env },
  });
  running.push(service);
  return service;
}

const owe = (sellerId: string, count: number, dueAt: Date | null = null) =>
  db.database.transaction((tx) =>
    appendMessages(
      tx,
      Array.from({ length: count }, (_, index) =>
        outgoing(sendMail, { payload: { mailId: `mail_${index}` as MailId }, sellerId, dueAt }),
      ),
    ),
  );

/** Sellers of the jobs that Redis holds for the queue, in the order they will be taken. */
async function waiting(name = sendMail.queue): Promise<string[]> {
  const [queue] = boardQueues(space, [name], redis);
  const jobs = await queue!.getWaiting(0, 1_000);
  await queue!.close();
  return jobs.map((job) => (job.data as { s: string }).s);
}

const held = (count: number): Promise<string[]> =>
  eventually<string[] | null>(`${count} jobs in Redis`, async () => {
    const sellers = await waiting();
    return sellers.length === count ? sellers : null;
  });

test('a seller with a flood holds a share of the window, and everyone else is in it at once (promise 5)', async () => {
  await owe('A-flood', 5_000);
  for (let index = 0; index < 30; index += 1) await owe(`S-${String(index).padStart(2, '0')}`, 1);
  await start();
  const sellers = await held(55);
  expect(sellers.filter((seller) => seller === 'A-flood')).toHaveLength(25);
  expect(new Set(sellers).size).toBe(31);
});

test('a paused seller and a paused queue are left out, and come back when the pause ends', async () => {
  await owe('S-paused', 3);
  await owe('S-other', 2);
  await db.database.query(`insert into pauses (queue, seller_id, reason) values ('*', 'S-paused', 'under review')`);
  await start();
  expect(await held(2)).toEqual(['S-other', 'S-other']);
  await db.database.query(`delete from pauses`);
  await held(5);
  await db.database.query(`insert into pauses (queue, seller_id, reason) values ($1, '*', 'mail server is down')`, [
    sendMail.queue,
  ]);
  await owe('S-third', 1);
  // Another queue's message, accepted after the pause, shows when the relay has looked.
  await db.database.transaction((tx) =>
    appendMessages(tx, [
      outgoing(decidePayout, { payload: { sellerId: 'S-1' as SellerId, orderId: '1' as OrderId }, sellerId: 'S-1' }),
    ]),
  );
  await eventually('the relay has looked', async () => (await waiting(decidePayout.queue)).length === 1);
  expect(await waiting()).toHaveLength(5);
});

test('more paused sellers than a look passes keep nobody behind them from being sent', async () => {
  await db.database.query(
    `with paused as (
       insert into pauses (queue, seller_id, reason)
       select '*', 'P-' || to_char(no, 'FM00000'), 'under review' from generate_series(1, 2000) no returning seller_id)
     insert into messages (queue, name, seller_id, payload) select $1, $2, seller_id, '{"mailId":"mail_1"}' from paused`,
    [sendMail.queue, sendMail.name],
  );
  await owe('S-behind', 3);
  await start();
  expect(await held(3)).toEqual(['S-behind', 'S-behind', 'S-behind']);
});

test('a message is not sent before it is due', async () => {
  await owe('S-later', 1, new Date(Date.now() + 3_600_000));
  await owe('S-now', 1, new Date(Date.now() - 1_000));
  await start();
  expect(await held(1)).toEqual(['S-now']);
});

test('a message whose producer named nobody takes its turn like any other', async () => {
  await owe('', 1);
  await owe('S-1', 1);
  await start();
  expect(await held(2)).toEqual(['', 'S-1']);
});

test('a table of the history that someone is reading keeps nothing from being sent, nor from being written', async () => {
  await db.database.query(
    `create table message_log_20200101 partition of message_log for values from ('2020-01-01') to ('2020-01-02')`,
  );
  await db.database.transaction(async (reader) => {
    await reader.query('lock table message_log in access share mode');
    const relay = await start();
    await owe('S-1', 1);
    expect(await held(1)).toEqual(['S-1']);
    await eventually('housekeeping has given up', () =>
      relay.log.some((line) => line.msg === 'the history could not be kept in order'),
    );
    await db.database.query(
      `insert into message_log (day, queue, name, seller_id, outcome, attempts, at) values ('2020-01-01', 'q', 'n', 's', 'done', 0, now())`,
    );
  });
});

test('a queue that Redis refuses to fill keeps no other queue from being filled', async () => {
  await redis.set(`${prefixOf(space, sendMail.queue)}:${sendMail.queue}:wait`, 'no list');
  await owe('S-1', 1);
  await db.database.transaction((tx) =>
    appendMessages(tx, [
      outgoing(decidePayout, { payload: { sellerId: 'S-1' as SellerId, orderId: '1' as OrderId }, sellerId: 'S-1' }),
    ]),
  );
  const relay = await start();
  await eventually('the other queue is filled', async () => (await waiting(decidePayout.queue)).length === 1);
  await eventually('it is said', () =>
    relay.log.some((line) => line.queue === sendMail.queue && line.level === 'warn'),
  );
  expect(await waiting(decidePayout.queue)).toHaveLength(1);
});

test('one relay sends at a time; when it vanishes another takes its queues over', async () => {
  const first = await start();
  await owe('S-1', 1);
  await held(1);
  const second = await start();
  const holders = () =>
    db.database.query<{ holder: string }>(`select distinct holder from relay_lease where until > now()`);
  const [holder] = await holders();
  expect(await holders()).toHaveLength(1);
  await first.kill();
  running.splice(running.indexOf(first), 1);
  await owe('S-2', 1);
  await held(2);
  expect((await holders())[0]!.holder).not.toBe(holder!.holder);
  expect(second.process.exitCode).toBeNull();
});

test('a queue is spread over the names that every worker of it takes from, as workers with more and with fewer come', async () => {
  const { queue } = sendMail;
  const takes = (worker: string, names: number) => announceTaker(db.database, worker, [{ queue, names }], 60_000);
  const byName = () => Promise.all(partsOf(queue, { [queue]: 3 }).map(async (name) => (await waiting(name)).length));
  /** How many of a few more went to each name, once all of them are there. */
  const sent = async () => {
    const before = await byName();
    await owe('S-1', 6);
    return eventually('all were sent', async () => {
      const more = (await byName()).map((count, no) => count - before[no]!);
      return more.reduce((sum, count) => sum + count) === 6 ? more : null;
    });
  };
  const spreadOver = async (names: number) => {
    const spread = await eventually(`it goes to ${names} names`, async () => {
      const more = await sent();
      return more.findLastIndex((count) => count > 0) === names - 1 ? more : null;
    });
    expect(spread.slice(0, names).filter((count) => count === 0)).toEqual([]);
  };
  await takes('one', 3);
  await takes('other', 1);
  await start({ RELAY_WINDOW: '5000', RELAY_RESEND_MS: '600000' });
  await spreadOver(1);
  await takes('other', 3);
  await spreadOver(3);
  await takes('one', 2);
  await spreadOver(2);
  await db.database.query('delete from queue_takers');
  await spreadOver(2);
});
