import { eventually, testDatabase, testSpace } from '@ge/testkit';
import { expect, test } from 'vitest';
import { wavesOf } from './scene/command.ts';
import { nothingAmiss } from './scene/endState.ts';
import { workers } from './scene/fleet.ts';
import { drawn } from './scene/random.ts';
import { Redelivery } from './scene/redelivery.ts';
import { noMoneyAmiss, openScene } from './scene/scene.ts';
import { deep, seed } from './scene/seed.ts';

test('every message delivered two to five times at once and in any order, to two processes of each worker: the end is that of the sequential model', {
  timeout: 300_000,
}, async () => {
  const size = deep ? { sellers: 40, guests: 40, waves: 4 } : { sellers: 8, guests: 8, waves: 2 };
  const db = await testDatabase();
  const space = testSpace();
  const scene = await openScene({ database: db.database, databaseUrl: db.url, space }, size);
  const redelivery = new Redelivery(scene, space);
  try {
    await Promise.all(
      workers.flatMap((worker) => [scene.fleet.start(worker), scene.fleet.start(worker, {}, `second ${worker}`)]),
    );
    let copies = 0;
    for (const commands of drawn(wavesOf(size))) {
      await scene.accept(commands);
      await eventually(
        'nothing is owed',
        async () => {
          copies += await redelivery.send();
          return (await scene.owed(1)) === 0;
        },
        100_000,
      );
    }
    expect(copies).toBeGreaterThan(2 * redelivery.turns);
    const ends = await scene.ends();
    expect(ends.was, `GE_SEED=${seed}`).toEqual(ends.shouldBe);
    expect(ends.messages).toEqual(nothingAmiss);
    expect(ends.money).toEqual(noMoneyAmiss);
    expect(ends.mails).toEqual({ missing: 0, unanswered: 0, mostOften: 1 });
  } finally {
    await redelivery.close();
    await scene.close();
    await db.drop();
  }
});
