import { eventually, type ServiceProcess, startService, testDatabase, testSpace } from '@ge/testkit';
import { beforeAll, describe, expect, test } from 'vitest';
import { aSellerWith, enabledTemplate, enroll, leave, readyTemplate, tracesOf } from './scene.ts';

const queue = 'template-propagation';
const env = { TEMPLATES_PER_SLICE: '5' };

/**
 * Runs one command over 23 templates to its end with the relay and the worker as processes of their own, the first
 * worker dying at the failpoint (null = none does), and returns everything that is left behind.
 */
async function runWith(command: typeof enroll | typeof leave, failpoint: string | null) {
  const db = await testDatabase();
  const space = testSpace();
  const running: ServiceProcess[] = [];
  const start = async (name: string, more: Record<string, string> = {}) => {
    const service = await startService(name, { databaseUrl: db.url, space, env: { ...env, ...more } });
    running.push(service);
    return service;
  };
  try {
    const seller = await aSellerWith(
      db.database,
      'killed',
      Array.from({ length: 23 }, (_, no) =>
        no % 4 === 0
          ? enabledTemplate('killed', no, 1, { domesticAutomation: no % 8 === 0 })
          : readyTemplate('killed', no, no % 7 === 0 ? { domesticShipping: null } : {}),
      ),
    );
    const operationId = await command(db.database, seller, 2);
    const [worker] = await Promise.all([start(queue, failpoint ? { GE_FAILPOINT: failpoint } : {}), start('relay')]);
    if (failpoint) {
      await worker!.ended;
      expect(worker!.process.signalCode).toBe('SIGKILL');
      await start(queue);
    }
    await eventually(
      'the queue is empty',
      async () => (await db.database.query('select 1 from messages where queue = $1', [queue])).length === 0,
    );
    return await tracesOf(db.database, seller, operationId);
  } finally {
    await Promise.all(running.map((service) => service.stop()));
    await db.drop();
  }
}

describe.each([{ command: enroll }, { command: leave }])('$command.name', ({ command }) => {
  let undisturbed: Awaited<ReturnType<typeof runWith>>;
  beforeAll(async () => {
    undisturbed = await runWith(command, null);
  });

  test.each(['batch.taken', 'batch.saved', 'batch.committed'])(
    'killed with SIGKILL at %s: another process brings it to the end of an undisturbed run',
    async (failpoint) => {
      expect(await runWith(command, failpoint)).toEqual(undisturbed);
    },
  );
});
