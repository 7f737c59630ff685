import { createLogger, createRegistry, Resources, systemClock, type Watched } from '@ge/runtime';
import { eventually, testDatabase, testSpace } from '@ge/testkit';
import { expect, test } from 'vitest';
import { config } from '../config.ts';
import { Relay } from '../relay.ts';

test('a relay whose turn does not end says for how long, so that it can be replaced', async () => {
  const db = await testDatabase();
  const space = testSpace();
  const resources = new Resources();
  const stopping = new AbortController();
  const logger = createLogger('relay', 'silent');
  const watched: Watched[] = [];
  new Relay({
    config: config.parse({ DATABASE_URL: db.url, REDIS_URL: space.redisUrl }),
    logger,
    database: db.database,
    space,
    clock: systemClock,
    registry: createRegistry('relay'),
    resources,
    stopping: stopping.signal,
    watch: (part) => watched.push(part),
  }).start();
  const stuckForMs = async () => (await watched[0]!.stuckForMs()) as number;
  await db.database.transaction(async (tx) => {
    await tx.query('lock table relay_lease, messages in access exclusive mode');
    await eventually('the turn does not end', async () => (await stuckForMs()) > 2_000);
  });
  await eventually('it turns again', async () => (await stuckForMs()) < 1_000);
  stopping.abort();
  await resources.close(logger);
  await db.drop();
  expect(watched).toHaveLength(1);
});
