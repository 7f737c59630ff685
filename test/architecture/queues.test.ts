import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { queueNames } from '@ge/contracts';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

test.for(queueNames)('%s has a service of its name, and the fleet runs it', (queue) => {
  expect(existsSync(`${root}/services/${queue}/main.ts`)).toBe(true);
  expect(readFileSync(`${root}/packages/cli/src/fleet.ts`, 'utf8')).toContain(`name: '${queue}'`);
});
