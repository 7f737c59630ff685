import { flushSpace, testDatabase, testSpace } from '@ge/testkit';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Command, freeCommand } from './scene/command.ts';
import { nothingAmiss } from './scene/endState.ts';
import { type Service, services, workers } from './scene/fleet.ts';
import { deleteJobKeys } from './scene/jobKeys.ts';
import { ordersEach } from './scene/market.ts';
import { Redelivery } from './scene/redelivery.ts';
import { noMoneyAmiss, openScene, type Scene } from './scene/scene.ts';
import { deep, seed } from './scene/seed.ts';

const size = { sellers: 4, guests: 6 };

/** What of the things that can be asked for only once has been asked for. */
interface Once {
  readonly done: Set<string>;
}

interface Real {
  readonly scene: Scene;
  readonly redelivery: Redelivery;
}

type Step = fc.AsyncCommand<Once, Real>;

/** Orders of producers; those that can be given once are left out the second time. */
class Ask implements Step {
  readonly #commands: readonly Command[];

  constructor(commands: readonly Command[]) {
    this.#commands = commands;
  }

  check = () => true;

  async run({ done }: Once, { scene }: Real): Promise<void> {
    const fresh = this.#commands.filter((command) => {
      const name = nameOfOnce(command);
      if (name === null) return true;
      if (done.has(name)) return false;
      done.add(name);
      return true;
    });
    await scene.accept(fresh);
  }

  toString = () => `ask ${JSON.stringify(this.#commands)}`;
}

function nameOfOnce(command: Command): string | null {
  if (command.kind === 'enroll' || command.kind === 'leave') return `join ${command.seller}`;
  if (command.kind === 'confirm') return `confirm ${command.seller}`;
  if (command.kind === 'label') return `label ${command.seller} ${command.order}`;
  return command.kind === 'invite' ? `invite ${command.guest}` : null;
}

class Disturb implements Step {
  readonly #what: string;
  readonly #how: (real: Real) => Promise<unknown>;

  constructor(what: string, how: (real: Real) => Promise<unknown>) {
    this.#what = what;
    this.#how = how;
  }

  check = () => true;

  async run(_: Once, real: Real): Promise<void> {
    await this.#how(real);
  }

  toString = () => this.#what;
}

const crash = (service: Service) =>
  new Disturb(`crash of ${service}`, async ({ scene }) => {
    await scene.fleet.end(service);
    if (service === 'enrollment-invitations') await scene.letMailClaimsEnd();
    await scene.fleet.start(service);
  });

const deploy = (service: Service) =>
  new Disturb(`deploy of ${service}`, async ({ scene }) => {
    await scene.fleet.end(service, 'SIGTERM');
    await scene.fleet.start(service);
  });

const anything = new Disturb('FLUSHALL', ({ scene }) => flushSpace(scene.space, workers));
const someKeys = new Disturb('a third of the keys lost', ({ scene }) => deleteJobKeys(scene.space, workers, 0.3));
const again = new Disturb('everything owed delivered again', ({ redelivery }) => redelivery.send());

/** Everything asked for so far is done, and done as the model has it. */
const look = new Disturb('look', async ({ scene }) => {
  await scene.drained();
  const ends = await scene.ends();
  expect(ends.was).toEqual(ends.shouldBe);
  expect(ends.messages).toEqual(nothingAmiss);
  expect(ends.money).toEqual(noMoneyAmiss);
  expect(ends.mails.mostOften).toBeLessThanOrEqual(2);
});

const once = fc.oneof(
  fc.record({ kind: fc.constantFrom('enroll' as const, 'leave' as const), seller: fc.nat(size.sellers - 1) }),
  fc.record({
    kind: fc.constant('label' as const),
    seller: fc.nat(size.sellers - 1),
    order: fc.nat(ordersEach.label - 1),
  }),
  fc.record({ kind: fc.constant('confirm' as const), seller: fc.nat(size.sellers - 1) }),
  fc.record({ kind: fc.constant('invite' as const), guest: fc.nat(size.guests - 1) }),
);
const ask = fc
  .array(fc.oneof(once, freeCommand(size.sellers)), { minLength: 3, maxLength: 10 })
  .map((commands) => new Ask(commands));
const constant = (step: Step) => fc.constant(step);
const steps: fc.Arbitrary<Step>[] = [
  ...Array.from({ length: 6 }, () => ask),
  fc.constantFrom(...services).map(crash),
  fc.constantFrom(...services).map(deploy),
  constant(anything),
  constant(someKeys),
  constant(again),
  constant(look),
];

const runs = deep ? 20 : 1;

test('random commands, crashes, deploys, losses of Redis and redeliveries end as the pure model says', {
  timeout: deep ? 3_600_000 : 300_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.commands(steps, { maxCommands: deep ? 60 : 20, size: 'max' }), async (commands) => {
      const db = await testDatabase();
      const space = testSpace();
      const scene = await openScene({ database: db.database, databaseUrl: db.url, space }, size);
      const redelivery = new Redelivery(scene, space);
      const real = { scene, redelivery };
      try {
        await scene.fleet.startAll();
        await fc.asyncModelRun(() => ({ model: { done: new Set<string>() }, real }), commands);
        await look.run({ done: new Set() }, real);
      } finally {
        await redelivery.close();
        await scene.close();
        await db.drop();
      }
    }),
    // A run takes seconds: the first failure is told as it is, to be repeated and made smaller with its seed by hand.
    { seed, numRuns: runs, endOnFailure: !deep },
  );
});
