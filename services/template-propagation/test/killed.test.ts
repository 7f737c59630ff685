import { activateTemplate, deactivateTemplate } from '@ge/contracts';
import { type Database, outgoing, startOperation } from '@ge/database';
import type { SellerId } from '@ge/domain';
import {
  deathsTried,
  eventually,
  type ServiceProcess,
  startAfterDeaths,
  startService,
  testDatabase,
  testSpace,
} from '@ge/testkit';
import { beforeAll, describe, expect, test } from 'vitest';
import { confirmedByHand } from './confirmedByHand.ts';
import { aSellerWith, enabledTemplate, enroll, leave, now, readyTemplate, tracesOf } from './scene.ts';

const queue = 'template-propagation';
const env = { TEMPLATES_PER_SLICE: '5' };

/** Two templates confirmed by hand are activated, two others deactivated. */
const byHand = (database: Database, sellerId: SellerId, commandNo: number): Promise<string> =>
  database.transaction((tx) => {
    const payload = (no: number) => ({ sellerId, templateId: readyTemplate(sellerId, no).id, commandNo });
    return startOperation(tx, { kind: 'by-hand', sellerId, now }, [
      ...[1, 5].map((no) => outgoing(activateTemplate, { payload: payload(no), sellerId, commandNo })),
      ...[0, 4].map((no) => outgoing(deactivateTemplate, { payload: payload(no), sellerId, commandNo })),
    ]);
  });

const templates = Array.from({ length: 23 }, (_, no) =>
  no % 4 === 0
    ? enabledTemplate('killed', no, 1, { domesticAutomation: no % 8 === 0 })
    : readyTemplate('killed', no, no % 7 === 0 ? { domesticShipping: null } : {}),
);

/**
 * Runs one command over 23 templates to its end with the relay and the worker as processes of their own, one worker after
 * another dying at the failpoints, and returns everything that is left behind.
 */
async function runWith(command: typeof enroll | typeof byHand, failpoints: readonly string[]) {
  const db = await testDatabase();
  const space = testSpace();
  const running: ServiceProcess[] = [];
  const start = async (name: string, more: Readonly<Record<string, string>> = {}) => {
    const service = await startService(name, { databaseUrl: db.url, space, env: { ...env, ...more } });
    running.push(service);
    return service;
  };
  try {
    const confirmed = command === byHand ? [1, 5] : [];
    const seller = await aSellerWith(
      db.database,
      'killed',
      templates.map((template, no) => (confirmed.includes(no) ? confirmedByHand(template) : template)),
    );
    const operationId = await command(db.database, seller, 2);
    await Promise.all([startAfterDeaths(db.database, failpoints, (more) => start(queue, more)), start('relay')]);
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

const anywhere = deathsTried([['batch.saved'], ['batch.taken'], ['batch.committed']]);

describe.each([
  { command: enroll, deaths: anywhere, counts: { templatesEnabled: 14 } },
  { command: leave, deaths: anywhere, counts: { templatesDeactivated: 6 } },
  {
    command: byHand,
    deaths: [['batch.saved@activate-template', 'batch.saved@deactivate-template']],
    counts: { templatesEnabled: 2, templatesDeactivated: 2 },
  },
])('$command.name', ({ command, deaths, counts }) => {
  let undisturbed: Awaited<ReturnType<typeof runWith>>;
  beforeAll(async () => {
    undisturbed = await runWith(command, []);
    expect(undisturbed.operation).toMatchObject({ state: 'closed', counts });
  });

  test.each(deaths.map((failpoints) => ({ failpoints, points: failpoints.join(' and ') })))(
    'killed with SIGKILL at $points: another process brings it to the end of an undisturbed run',
    async ({ failpoints }) => {
      expect(await runWith(command, failpoints)).toEqual(undisturbed);
    },
    120_000,
  );
});
