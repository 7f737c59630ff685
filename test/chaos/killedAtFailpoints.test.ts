import { testDatabase, testSpace } from '@ge/testkit';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { wavesOf } from './scene/command.ts';
import { nothingAmiss } from './scene/endState.ts';
import { type Service, services } from './scene/fleet.ts';
import { drawn } from './scene/random.ts';
import { noMoneyAmiss, openScene, type Scene } from './scene/scene.ts';
import { deep, seed } from './scene/seed.ts';

const inDatabase = ['batch.taken', 'batch.saved', 'batch.written', 'batch.committed'];
const outside = [...inDatabase, 'effect.claimed', 'effect.called', 'effect.written', 'effect.settled'];

/** Every place where a service may die. */
const failpoints: Readonly<Record<Service, readonly string[]>> = {
  relay: ['relay.selected', 'relay.sent'],
  'template-propagation': inDatabase,
  'region-fanout': inDatabase,
  'sku-assignment': inDatabase,
  'label-purchase': outside,
  'enrollment-invitations': outside,
};

const waves = outside.map((_, wave) => {
  const kills = services.flatMap((service) => {
    const point = failpoints[service][wave];
    return point ? [{ service, point }] : [];
  });
  return { wave, kills, title: kills.map(({ service, point }) => `${service} ${point}`).join(', ') };
});
const size = { sellers: 8, guests: 8, waves: waves.length };
const load = drawn(wavesOf(size));

/** A file is read and applied in many slices: its worker comes to each place often. */
const passingOf = (service: Service, salt: number) =>
  service === 'sku-assignment' ? drawn(fc.integer({ min: 1, max: 3 }), salt) : 1;

const opened: (() => Promise<void>)[] = [];
async function open(of: { readonly sellers: number; readonly guests: number }): Promise<Scene> {
  const db = await testDatabase();
  opened.unshift(db.drop);
  const scene = await openScene({ database: db.database, databaseUrl: db.url, space: testSpace() }, of);
  opened.unshift(() => scene.close());
  return scene;
}
afterAll(async () => {
  for (const close of opened) await close();
});

async function killed(scene: Scene, service: Service, point: string, salt: number): Promise<void> {
  if (scene.fleet.has(service)) await scene.fleet.end(service);
  await scene.fleet.killedAt(service, { point, passing: passingOf(service, salt) });
}

/** What the fleet comes to when it is started and left to itself. */
async function endOf(scene: Scene) {
  if (!scene.fleet.has('enrollment-invitations')) await scene.letMailClaimsEnd();
  await scene.fleet.startAll();
  await scene.drained();
  const ends = await scene.ends();
  expect(ends.was, `GE_SEED=${seed}`).toEqual(ends.shouldBe);
  expect(ends.messages).toEqual(nothingAmiss);
  expect(ends.money).toEqual(noMoneyAmiss);
  expect(ends.mails).toMatchObject({ missing: 0, unanswered: 0 });
  return ends;
}

describe('one mixed load, the same for both fleets', { timeout: 300_000 }, () => {
  let disturbed: Scene;
  let undisturbed: Awaited<ReturnType<typeof endOf>>;

  beforeAll(async () => {
    disturbed = await open(size);
  });

  test('undisturbed, it comes to the end of the sequential model, and every mail arrives once', async () => {
    const scene = await open(size);
    for (const commands of load) await scene.accept(commands);
    undisturbed = await endOf(scene);
    expect(undisturbed.mails.mostOften).toBe(1);
    await scene.close();
  });

  for (const { wave, kills, title } of waves) {
    test(`wave ${wave}, killed with SIGKILL: ${title}`, async () => {
      const dying = new Set(kills.map(({ service }) => service));
      await disturbed.accept(load[wave]!);
      await Promise.all([
        ...services
          .filter((service) => !dying.has(service) && !disturbed.fleet.has(service))
          .map((service) => disturbed.fleet.start(service)),
        ...kills.map(async ({ service, point }) => {
          await killed(disturbed, service, point, wave);
          // Without it the others would have nothing to die of.
          if (service === 'relay') await disturbed.fleet.start(service);
        }),
      ]);
      expect(kills.filter(({ service }) => service !== 'relay' && disturbed.fleet.has(service))).toEqual([]);
    });
  }

  test('killed everywhere, it comes to the same end; no mail arrives more often than twice', async () => {
    const ends = await endOf(disturbed);
    expect(ends.was).toEqual(undisturbed.was);
    expect(ends.mails.mostOften).toBeLessThanOrEqual(2);
  });
});

const alone = services.flatMap((service) => failpoints[service].map((point) => ({ service, point })));

if (deep) {
  describe('alone among processes that live', { timeout: 300_000 }, () => {
    for (const [salt, { service, point }] of alone.entries()) {
      test(`${service} killed with SIGKILL at ${point}`, async () => {
        const few = { sellers: 4, guests: 4, waves: 2 };
        const scene = await open(few);
        const [first, second] = drawn(wavesOf(few), salt);
        await scene.accept(first!);
        await Promise.all(services.filter((one) => one !== service).map((one) => scene.fleet.start(one)));
        await scene.accept(second!);
        await killed(scene, service, point, salt);
        await endOf(scene);
        await scene.close();
      });
    }
  });
}
