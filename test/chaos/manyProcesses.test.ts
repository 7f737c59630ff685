import { testDatabase, testSpace } from '@ge/testkit';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { freeCommand, wavesOf } from './scene/command.ts';
import { nothingAmiss } from './scene/endState.ts';
import { type Service, workers } from './scene/fleet.ts';
import { drawn } from './scene/random.ts';
import { noMoneyAmiss, openScene, type Scene } from './scene/scene.ts';
import { deep, seed } from './scene/seed.ts';

const size = { sellers: 24, guests: 24, waves: 3 };
/** More of what may be asked for any number of times. */
const more = drawn(fc.array(freeCommand(size.sellers), { minLength: 20, maxLength: 20 }));

/** So little at a time that one process of a kind cannot take everything before the others look. */
const env = { CONCURRENCY: '4', MAIL_TIMEOUT_MS: '4000' };

interface Member {
  readonly service: Service;
  readonly name: string;
}
const threeOf = (service: Service): Member[] => [1, 2, 3].map((no) => ({ service, name: `${service} ${no}` }));
const relays: readonly Member[] = [1, 2].map((no) => ({ service: 'relay', name: `relay ${no}` }));
const members = [...relays, ...workers.flatMap(threeOf)];

/** One of each kind that dies in a wave. The relays take turns at it: a queue's lease then passes from one to the other. */
const victimsOf = (wave: number): Member[] => [
  relays[wave % relays.length]!,
  ...workers.map((worker, kind) => threeOf(worker)[drawn(fc.nat(2), 10 * wave + kind)]!),
];

/** How many jobs a process says that it has ended. */
async function jobsOf(scene: Scene, name: string): Promise<number> {
  const answer = await fetch(`${scene.fleet.of(name).healthUrl}/metrics`);
  const counts = (await answer.text()).matchAll(/^ge_jobs_total\{.*\} (\d+)$/gm);
  return [...counts].reduce((sum, [, count]) => sum + Number(count), 0);
}

test.runIf(deep)(
  'three processes of each worker and two relays, one of each killed with SIGKILL in every wave of a mixed load: nothing is lost, no effect is doubled',
  { timeout: 380_000 },
  async () => {
    const db = await testDatabase();
    const scene = await openScene({ database: db.database, databaseUrl: db.url, space: testSpace() }, size);
    const { fleet } = scene;
    const start = ({ service, name }: Member) => fleet.start(service, env, name);
    const jobs = new Map(members.map(({ name }) => [name, 0]));
    const count = (some: readonly Member[]) =>
      Promise.all(some.map(async ({ name }) => jobs.set(name, jobs.get(name)! + (await jobsOf(scene, name)))));
    try {
      await Promise.all(members.map(start));
      for (const [wave, commands] of drawn(wavesOf(size)).entries()) {
        const victims = victimsOf(wave);
        // Half of it is under way when they die, the other half comes when some of each kind are left.
        const half = Math.ceil(commands.length / 2);
        await scene.accept(commands.slice(0, half));
        await count(victims);
        await scene.inTheMiddle(more);
        await Promise.all(victims.map(({ name }) => fleet.end(name)));
        await scene.accept(commands.slice(half));
        await Promise.all(victims.map(start));
        await scene.drained();
        const ends = await scene.ends();
        expect(ends.was, `GE_SEED=${seed}`).toEqual(ends.shouldBe);
      }
      expect(fleet.exits()).toEqual([]);
      await count(members);
      for (const worker of workers)
        expect(threeOf(worker).filter(({ name }) => jobs.get(name)! > 0).length, worker).toBeGreaterThanOrEqual(2);

      const ends = await scene.ends();
      expect(ends.messages).toEqual(nothingAmiss);
      expect(ends.money).toEqual(noMoneyAmiss);
      // A mail server cannot be asked: what a process sent as it died may be sent once more, and never a third time.
      expect(ends.mails).toMatchObject({ missing: 0, unanswered: 0 });
      expect(ends.mails.mostOften).toBeLessThanOrEqual(2);
    } finally {
      await scene.close();
      await db.drop();
    }
  },
);
