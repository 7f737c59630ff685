import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { poisonpoint } from '@ge/runtime';
import { expect, test } from 'vitest';
import { inTurn } from '../poison/kinds.ts';

const failpoints = fileURLToPath(new URL('../../../packages/runtime/src/failpoint.ts', import.meta.url));
const poisoned = (armed: string, effect: string) =>
  spawnSync(
    process.execPath,
    [
      '--input-type=module',
      '-e',
      `const { poisonpoint } = await import(${JSON.stringify(failpoints)});
       poisonpoint({ items: [{ sku: 'poison:${effect}' }] }, 'assign-skus'); console.log('alive')`,
    ],
    { encoding: 'utf8', env: { GE_FAILPOINT: armed } },
  );

test('a process without a failpoint is poisoned by no data, nor one where it is for another job', () => {
  for (const effect of ['throws', 'kills', 'blocks']) poisonpoint({ templateId: `poison:${effect}` }, 'assign-skus');
  expect(poisoned('poison@deactivate-template', 'kills')).toMatchObject({ stdout: 'alive\n', signal: null });
});

test('where the failpoint is set, poison throws or kills as it says', () => {
  expect(poisoned('poison', 'kills')).toMatchObject({ stdout: '', signal: 'SIGKILL' });
  expect(poisoned('poison@assign-skus', 'throws').stderr).toContain('poison: it throws');
  expect(poisoned('poison', 'nothing')).toMatchObject({ stdout: 'alive\n' });
});

test('every kind of poison has its turn, and those that cost a process are few', () => {
  const kinds = inTurn();
  const counts = new Map<string, number>();
  for (let no = 0; no < 900; no += 1) {
    const { value } = kinds.next();
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  expect(counts.size).toBe(9);
  expect([counts.get('kills'), counts.get('blocks')]).toEqual([2, 2]);
  expect(Math.min(...[...counts.values()].filter((n) => n > 2))).toBeGreaterThan(100);
});
