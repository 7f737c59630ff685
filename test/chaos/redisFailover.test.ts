import type { QueueSpace } from '@ge/queue';
import { eventually, type TestDatabase, testDatabase } from '@ge/testkit';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { freeCommand, wavesOf } from './scene/command.ts';
import { endsWell } from './scene/endsWell.ts';
import { openOwnCluster } from './scene/ownCluster.ts';
import { drawn } from './scene/random.ts';
import { openScene, type Scene } from './scene/scene.ts';
import { deep } from './scene/seed.ts';

const size = { sellers: 12, guests: 12, waves: 3 };
const load = drawn(wavesOf(size));
/** More of what may be asked for any number of times. */
const more = drawn(fc.array(freeCommand(size.sellers), { minLength: 20, maxLength: 20 }));

describe.runIf(deep)('a Redis Cluster of three masters with a replica each', { timeout: 300_000 }, () => {
  let cluster: Awaited<ReturnType<typeof openOwnCluster>>;
  let db: TestDatabase;
  let scene: Scene;

  beforeAll(async () => {
    [cluster, db] = await Promise.all([openOwnCluster({ replicas: 1 }), testDatabase()]);
    const space: QueueSpace = { redisUrl: cluster.redisUrl, namespace: 'failover', parts: { 'sku-assignment': 2 } };
    scene = await openScene({ database: db.database, databaseUrl: db.url, space }, size);
    await scene.fleet.startAll();
  }, 180_000);

  afterAll(async () => {
    await scene?.close();
    await cluster?.close();
    await db?.drop();
  }, 120_000);

  /** Of a node and its replica, whose number is three more: the one that is the master, then the other. */
  const pairOf = async (no: number): Promise<[master: number, replica: number]> =>
    (await cluster.roleOf(no)) === 'master' ? [no, no + 3] : [no + 3, no];

  const takenOver = (replica: number) =>
    eventually('the replica has taken over', async () => (await cluster.roleOf(replica)) === 'master');

  test('every master hands over to its replica in the middle of a load: nothing is lost, nothing done twice', async () => {
    await scene.accept(load[0]!);
    await scene.inTheMiddle(more);
    for (const no of cluster.masters) {
      const [, replica] = await pairOf(no);
      await cluster.ask(replica, 'CLUSTER', 'FAILOVER');
      await takenOver(replica);
    }
    await scene.accept(more);
    await endsWell(scene);
    await cluster.settled();
  });

  test('every master is killed in the middle of a load and stays away: its replica takes over, and the end is the same', async () => {
    await scene.accept(load[1]!);
    for (const no of cluster.masters) {
      const [master, replica] = await pairOf(no);
      await scene.inTheMiddle(more);
      await cluster.nodes[master]!.stop('killed');
      await takenOver(replica);
      await scene.accept(more);
      await endsWell(scene);
      await cluster.nodes[master]!.start();
      await cluster.settled();
    }
  });

  test('every master hangs until its replica has taken over, and then goes on: what it had not told anyone changes nothing', async () => {
    await scene.accept(load[2]!);
    for (const no of cluster.masters) {
      const [master, replica] = await pairOf(no);
      await scene.inTheMiddle(more);
      cluster.nodes[master]!.signal('SIGSTOP');
      await takenOver(replica);
      await scene.accept(more);
      cluster.nodes[master]!.signal('SIGCONT');
      await endsWell(scene);
      await cluster.settled();
    }
  });
});
