import { fileURLToPath } from 'node:url';
import { startCarrierSimulator } from '@ge/carrier-simulator';
import { queueNames } from '@ge/contracts';
import { openFleetServers, passingFolder, stateFolder } from '@ge/embedded';
import { boardQueues, countJobs, failingConnection } from '@ge/queue';
import { deliverEverywhere, drained, eventually, startService, testDatabase } from '@ge/testkit';
import { expect, test } from 'vitest';
import { startMailServer } from '../../services/enrollment-invitations/test/mailServer.ts';
import { carrierKey } from '../../services/label-purchase/test/purchases.ts';
import { startAllWorkers } from './fixtures/allWorkers.ts';
import { leftByAll, oweToAll, perQueue } from './fixtures/fiveQueues.ts';

const project = fileURLToPath(new URL('../..', import.meta.url));
const adminToken = 'an-admin-token-for-tests';

/** Statements are read of one carrier at a time, never of a hundred. */
const fiveQueues = queueNames.filter((queue) => queue !== 'carrier-statements');

/** A Redis of the caller's own: FLUSHALL would empty the one that all tests share. */
async function ownRedis() {
  const state = stateFolder(project);
  const folder = await passingFolder(state, 'flushed');
  const env = { PATH: process.env.PATH };
  const servers = await openFleetServers({ dataDir: folder.path, toolsDir: state, only: ['redis'], env });
  return {
    space: { redisUrl: servers.redisUrl, namespace: 'ge' },
    close: async () => {
      await servers.close();
      folder.discard();
    },
  };
}

/**
 * Runs the jobs of all five workers to their end. `flushed`: FLUSHALL when every queue has a hundred jobs in Redis, some
 * of them in its worker's hands, and again when half of everything is done.
 */
async function runWith(flushed: boolean) {
  const [db, own, carrier, mails] = await Promise.all([
    testDatabase(24),
    ownRedis(),
    startCarrierSimulator({ adminToken, apiKey: carrierKey }),
    startMailServer(),
  ]);
  const { database, url: databaseUrl } = db;
  const { space } = own;
  const redis = failingConnection(space);
  const queues = boardQueues(space, fiveQueues, redis);
  const running: { stop(): Promise<void> }[] = [];
  const allUnderWay = async () => {
    const counts = await Promise.all(queues.map(countJobs));
    return counts.every(({ active, waiting }) => active! > 0 && active! + waiting! >= 100);
  };
  const isHalfDone = async () => {
    const rows = await database.query<{ owed: number }>('select count(*)::int as owed from messages');
    return rows[0]!.owed < (fiveQueues.length * perQueue) / 2;
  };
  try {
    await oweToAll(database, carrier.url);
    running.push(await startAllWorkers({ database, databaseUrl, space, carrierUrl: carrier.url, smtpUrl: mails.url }));
    if (flushed) {
      await database.transaction(async (tx) => {
        // Jobs begin and cannot end: every one is counted in its operation last.
        await tx.query('lock table operations in share mode');
        await tx.query(`set local idle_in_transaction_session_timeout = 0`);
        running.push(await startService('relay', { databaseUrl, space }));
        await eventually('a hundred of every queue under way', allUnderWay);
        expect(await redis.flushall()).toBe('OK');
      });
      await eventually('half of it done', isHalfDone);
      expect(await redis.flushall()).toBe('OK');
      await drained(database);
    } else {
      for (const queue of fiveQueues) await deliverEverywhere(database, [space], queue);
    }
    const ledger = await fetch(`${carrier.url}/ledger`, { headers: { authorization: `Bearer ${adminToken}` } });
    const { charges, doubleCharged, calls } = ((await ledger.json()) as { totals: Record<string, unknown> }).totals;
    return {
      ...(await leftByAll(database)),
      ledger: { charges, doubleCharged, calls },
      mailed: mails.mails.map((mail) => `${mail.to![0]!.address} ${mail.subject}`).sort(),
    };
  } finally {
    await Promise.all(running.map((one) => one.stop()));
    await Promise.all(queues.map((queue) => queue.close()));
    redis.disconnect();
    await Promise.all([own.close(), carrier.close(0), mails.close(), db.drop()]);
  }
}

test('FLUSHALL with a hundred jobs of each of the five workers under way: the end is that of the undisturbed run', async () => {
  const [undisturbed, flushed] = await Promise.all([runWith(false), runWith(true)]);
  expect(flushed).toEqual(undisturbed);
  expect(undisturbed).toMatchObject({
    owed: [],
    labels: [{ state: 'purchased', count: perQueue }],
    orders: [{ state: 'confirmed', count: perQueue }],
    ledger: { charges: perQueue, doubleCharged: 0 },
  });
  expect(new Set(undisturbed.operations.map(({ state }) => state))).toEqual(new Set(['closed']));
  expect(undisturbed.mailed).toHaveLength(perQueue);
});
