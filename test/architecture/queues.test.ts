import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { queueNames } from '@ge/contracts';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Queues that a service works beside the one of its name. */
const alsoWorkedBy: Readonly<Record<string, string>> = { 'carrier-statements': 'label-purchase' };

test.for(queueNames)('%s is worked by a service, and the fleet runs it', (queue) => {
  const service = alsoWorkedBy[queue] ?? queue;
  expect(existsSync(`${root}/services/${service}/main.ts`)).toBe(true);
  expect(readFileSync(`${root}/packages/cli/src/fleet.ts`, 'utf8')).toContain(`name: '${service}'`);
});
