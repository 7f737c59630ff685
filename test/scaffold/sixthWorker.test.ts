import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { JobContract } from '@ge/contracts';
import { appendMessages, type Outgoing } from '@ge/database';
import {
  drained,
  eventually,
  type ServiceProcess,
  startService,
  type TestDatabase,
  testDatabase,
  testSpace,
} from '@ge/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { changedFiles, ProjectCopy } from './projectCopy.ts';

const guide = readFileSync(new URL('../../CONTRIBUTING.md', import.meta.url), 'utf8');
const blocks = [...guide.matchAll(/^```ts new (\S+)\n([\s\S]*?)^```$/gm)].map(([, file, text]) => ({
  file: file!,
  text: text!,
}));
const inline = (pattern: RegExp): string => {
  const found = pattern.exec(guide)?.[1];
  if (found === undefined) throw new Error(`CONTRIBUTING shows no ${pattern}`);
  return found;
};

let copy: ProjectCopy;
let db: TestDatabase;
const services: ServiceProcess[] = [];
let changed: readonly string[];

/** What CONTRIBUTING says, word for word. */
function addTheWorker(): void {
  for (const { file, text } of blocks) copy.write(file, text);
  const manifest = copy.read('services/region-fanout/package.json');
  copy.write(
    'services/seller-records/package.json',
    manifest
      .replaceAll('region-fanout', 'seller-records')
      .replace(/"description": ".*"/, '"description": "Looks sellers up"'),
  );
  copy.link('services/seller-records', 'services/region-fanout');
  const contracts = 'packages/contracts';
  copy.insert(
    `${contracts}/src/index.ts`,
    `export * from './jobs/lookUpSeller.ts';\n`,
    `export * from './jobs/propagateDeactivation`,
  );
  copy.insert(
    `${contracts}/src/catalogue.ts`,
    `import { lookUpSeller } from './jobs/lookUpSeller.ts';\n`,
    'import { propagateDeactivation',
  );
  copy.insert(`${contracts}/src/catalogue.ts`, '  lookUpSeller,\n', '];\n\n/** The queues');
  copy.insert(
    `${contracts}/test/frozenPayloads.json`,
    `  ${inline(/`("look-up-seller": .*)`/)},\n`,
    '  "take-in-feed"',
  );
  copy.insert(
    'packages/cli/src/fleet.ts',
    `  ${inline(/`(\{ name: 'seller-records'.*,)`/)}\n`,
    `  {\n    name: 'gateway'`,
  );
}

beforeAll(async () => {
  copy = new ProjectCopy();
  const before = copy.snapshot();
  addTheWorker();
  await copy.tool('node', 'packages/cli/scripts/write-docs.ts');
  changed = changedFiles(before, copy.snapshot());
  db = await testDatabase();
});
afterAll(async () => {
  await Promise.all(services.map((service) => service.stop()));
  await db?.drop();
  copy?.discard();
});

test('a sixth worker touches four places, and the documents written from them', () => {
  expect(changed).toEqual([
    'docs/configuration.md',
    'docs/jobs.md',
    'packages/cli/src/fleet.ts',
    'packages/contracts/src/catalogue.ts',
    'packages/contracts/src/index.ts',
    'packages/contracts/src/jobs/lookUpSeller.ts',
    'packages/contracts/test/frozenPayloads.json',
    'services/seller-records/config.ts',
    'services/seller-records/lookUpSeller.ts',
    'services/seller-records/main.ts',
    'services/seller-records/package.json',
  ]);
});

// Three tools over the whole project: too much for every run.
test.runIf(process.env.GE_DEEP)(
  'nothing else has to change: types, style and the tests of catalogue, rooms and documents agree with it',
  async () => {
    await copy.tool('tsc', '--noEmit', '-p', 'tsconfig.json');
    await copy.tool(
      'biome',
      'check',
      '--diagnostic-level=warn',
      'packages/contracts',
      'packages/cli',
      'services/seller-records',
    );
    await copy.tool(
      'vitest',
      'run',
      'packages/contracts',
      'test/architecture',
      'packages/cli/test/written-docs.test.ts',
    );
  },
  240_000,
);

test('its job runs, and operations sees its queue', async () => {
  const options = { databaseUrl: db.url, space: testSpace() };
  const start = async (name: string, env = {}) => {
    const service = await startService(join(copy.root, 'services', name, 'main.ts'), { ...options, env });
    services.push(service);
    return service;
  };
  const [, , ops] = await Promise.all([start('relay'), start('seller-records'), start('ops', { PORT: '0' })]);
  const { lookUpSeller } = (await import(
    /* @vite-ignore */ pathToFileURL(join(copy.root, 'packages/contracts/src/index.ts')).href
  )) as { lookUpSeller: JobContract };
  await db.database.transaction((tx) =>
    appendMessages(tx, [{ contract: lookUpSeller, payload: { sellerId: 'S-1' }, sellerId: 'S-1' } as Outgoing]),
  );
  await drained(db.database);
  const log = await db.database.query('select queue, name, outcome, reason from message_log');
  expect(log).toEqual([
    { queue: 'seller-records', name: 'look-up-seller', outcome: 'cancel', reason: 'there is no such seller' },
  ]);
  await eventually('the queue is among those of operations', async () =>
    (await (await fetch(`${ops.healthUrl}/metrics`)).text()).includes('ge_messages{queue="seller-records"'),
  );
});
