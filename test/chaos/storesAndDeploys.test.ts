import { eventually, openOwnServers } from '@ge/testkit';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Command, freeCommand, wavesOf } from './scene/command.ts';
import { nothingAmiss } from './scene/endState.ts';
import { services, workers } from './scene/fleet.ts';
import { deleteJobKeys, waitingJobs } from './scene/jobKeys.ts';
import { drawn } from './scene/random.ts';
import { noMoneyAmiss, openScene, type Scene } from './scene/scene.ts';
import { deep, seed } from './scene/seed.ts';

/** Longer than any of BullMQ's own patience with Redis (`drainDelay` and a second). */
const awayMs = deep ? 60_000 : 4_000;
const deploys = deep ? 12 : 2;

let servers: Awaited<ReturnType<typeof openOwnServers>>;
let scene: Scene;

const notReady = async (service: string): Promise<boolean> =>
  (await fetch(`${scene.fleet.of(service).healthUrl}/ready`)).status === 503;

async function awayFor(ms: number): Promise<void> {
  const since = performance.now();
  await eventually(
    'everyone has noticed',
    async () => {
      const noticed = await Promise.all(services.map(notReady));
      return noticed.every(Boolean) && performance.now() - since >= ms;
    },
    ms + 60_000,
  );
}

interface Disturbance {
  readonly what: string;
  /** In the middle of the work. */
  readonly disturb?: () => Promise<unknown>;
  /** While pointers wait in Redis that no worker has taken yet. */
  readonly lost?: () => Promise<unknown>;
}

const disturbances: readonly Disturbance[] = [
  { what: 'PostgreSQL is shut down fast and started again', disturb: () => servers.restartPostgres('SIGINT') },
  { what: 'PostgreSQL is shut down at once and started again', disturb: () => servers.restartPostgres('SIGQUIT') },
  {
    what: 'Redis is away for a while and comes back with all it had',
    disturb: async () => {
      await servers.stopRedis();
      await awayFor(awayMs);
      await servers.startRedis();
    },
  },
  {
    what: 'Redis comes back without the tail of its append-only file',
    lost: async () => {
      await servers.stopRedis();
      servers.cutTail(drawn(fc.integer({ min: 3_000, max: 30_000 })));
      await servers.startRedis();
    },
  },
  {
    what: 'a random third of the job keys disappears from Redis',
    lost: async () => {
      await deleteJobKeys(scene.space, workers, 0.3);
    },
  },
];

const size = { sellers: 12, guests: 12, waves: disturbances.length + 1 };
const load = drawn(wavesOf(size));
/** More of what may be asked for any number of times. */
const more = drawn(
  fc.array(fc.array(freeCommand(size.sellers), { minLength: 20, maxLength: 20 }), { minLength: 5, maxLength: 5 }),
);

/** Lets pointers gather in Redis while the workers stand still. */
async function whileNobodyTakes(commands: readonly Command[], act: () => Promise<unknown>): Promise<void> {
  const signal = (name: NodeJS.Signals) => {
    for (const worker of workers) scene.fleet.of(worker).process.kill(name);
  };
  // None of them is to hold rows that those who ask would have to wait for.
  await scene.drained();
  signal('SIGSTOP');
  try {
    await scene.accept(commands);
    await eventually('pointers wait', async () => (await waitingJobs(scene.space, workers)) >= 10);
    await act();
  } finally {
    signal('SIGCONT');
  }
}

beforeAll(async () => {
  servers = await openOwnServers();
  const space = { redisUrl: servers.redisUrl, namespace: 'chaos' };
  scene = await openScene({ ...servers, space }, size);
  await scene.fleet.startAll();
}, 180_000);

afterAll(async () => {
  await scene?.close();
  await servers?.close();
});

async function endsWell(): Promise<void> {
  await scene.drained();
  const ends = await scene.ends();
  expect(ends.was, `GE_SEED=${seed}`).toEqual(ends.shouldBe);
  expect(ends.messages).toEqual(nothingAmiss);
  expect(ends.money).toEqual(noMoneyAmiss);
  expect(ends.mails).toEqual({ missing: 0, unanswered: 0, mostOften: 1 });
}

describe('under load, in the middle of it', { timeout: 300_000 }, () => {
  for (const [wave, { what, disturb, lost }] of disturbances.entries()) {
    test(`${what}: the same processes go on by themselves, and no attempt is charged`, async () => {
      await scene.accept(load[wave]!);
      if (disturb) {
        await scene.inTheMiddle(more[wave]!);
        await disturb();
      }
      if (lost) await whileNobodyTakes(more[wave]!, lost);
      await endsWell();
      expect(scene.fleet.exits()).toEqual([]);
    });
  }

  test('every process is told to stop and replaced, again and again: nothing is lost, and no healthy job fails', async () => {
    const commands = load.at(-1)!;
    const share = Math.ceil(commands.length / deploys);
    for (let deploy = 0; deploy < deploys; deploy += 1) {
      await scene.accept(commands.slice(deploy * share, (deploy + 1) * share));
      await Promise.all(
        services.map(async (service) => {
          expect(await scene.fleet.end(service, 'SIGTERM'), service).toBe(0);
          await scene.fleet.start(service);
        }),
      );
    }
    await endsWell();
    expect(await scene.database.query('select id from messages where crashes > 0')).toEqual([]);
  });
});
