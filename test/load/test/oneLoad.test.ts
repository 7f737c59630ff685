import { expect, test } from 'vitest';
import { oneLoad } from '../oneLoad.ts';
import type { Vantage } from '../vantage/vantage.ts';

const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;

test('a load that fails leaves nothing running that would keep its process alive', async () => {
  const nothing = async () => [];
  const vantage = {
    backlog: async () => ({}),
    waits: nothing,
    redisUse: async () => null,
    askEveryMs: 10,
    isOwing: async () => {
      throw new Error('the database went away');
    },
  } as unknown as Vantage;
  const fleet = { processes: [], isHere: false } as unknown as Parameters<typeof oneLoad>[0];
  const load = {
    starts: [],
    seconds: 0,
    atOnce: 1,
    start: async () => ({ kind: 'none', outcome: 'accepted' as const }),
    stopping: new AbortController().signal,
  };
  const before = timers();
  await expect(oneLoad(fleet, vantage, load, () => undefined)).rejects.toThrow('the database went away');
  expect(timers()).toBeLessThanOrEqual(before);
});
