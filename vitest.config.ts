import { availableParallelism } from 'node:os';
import { configDefaults, defineConfig } from 'vitest/config';

/** Rooms whose tests are pure or bring their own small server: `./ge test --unit` runs these alone. */
const unit = [
  ...['domain', 'contracts', 'api', 'feeds', 'carriers', 'rendering', 'mailer', 'plots'].map(
    (room) => `packages/${room}/test/**/*.test.ts`,
  ),
  'test/architecture/**/*.test.ts',
  'examples/test/**/*.test.ts',
];

/** Tests of starting and stopping servers and processes. */
const machine = ['infra/*/test/**/*.test.ts', 'packages/cli/test/**/*.test.ts', 'test/journey/**/*.test.ts'];

/** Tests of pages in a real browser. */
const pages = ['services/*/test/**/*.page.test.ts'];

const everything = [
  'packages/*/test/**/*.test.ts',
  'services/*/test/**/*.test.ts',
  'infra/*/test/**/*.test.ts',
  'test/**/*.test.ts',
];

export default defineConfig({
  test: {
    // A machine that is busy with other things takes several times as long; only what hangs is to fail by these.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    // A test that asserts nothing fails.
    expect: { requireAssertions: true, poll: { timeout: 60_000, interval: 20 } },
    // Most of the long ones wait for leases to end and processes to start: more at once than there are cores.
    maxWorkers: 2 * availableParallelism(),
    projects: [
      // Pure rules leave nothing behind, so files share what they import: a third of the time.
      { extends: true, test: { name: 'unit', include: unit, setupFiles: './vitest.properties.ts', isolate: false } },
      { extends: true, test: { name: 'machine', include: machine } },
      {
        extends: true,
        test: {
          name: 'server',
          include: everything,
          exclude: [...configDefaults.exclude, ...unit, ...machine, ...pages],
          // One PostgreSQL and one Redis for all of them, started only when one of them runs.
          globalSetup: './packages/testkit/src/globalSetup.ts',
          // Files that run one after another in a process share what they import: a quarter of the time. So no file
          // may leave anything in it behind: changed environment, fake timers, stubs.
          isolate: false,
          // Every answer of the API is held against the document it serves.
          setupFiles: './packages/testkit/src/contract/observeFetch.ts',
        },
      },
      {
        extends: true,
        test: {
          name: 'pages',
          include: pages,
          globalSetup: ['./packages/testkit/src/globalSetup.ts', './packages/testkit/src/browserSetup.ts'],
        },
      },
    ],
  },
});
