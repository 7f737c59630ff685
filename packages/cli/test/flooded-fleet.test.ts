import { afterEach, expect, test, vi } from 'vitest';
import { askedFlood, type FloodWords } from '../src/flood/askedFlood.ts';
import { openFloodedFleet } from '../src/flood/floodedFleet.ts';
import { UserMistake } from '../src/mistake.ts';

const words: FloodWords = {
  profile: 'mixed',
  rate: '30',
  arrivals: 'poisson',
  sellers: '50',
  zipf: '1',
  atOnce: '500',
};

afterEach(() => vi.unstubAllEnvs());

test.each([
  [{ target: 'http://ge', profile: 'poison' }, '--profile poison goes past the API'],
  [{ target: 'http://ge', profile: 'direct' }, '--profile direct goes past the API'],
  [{ target: 'http://ge', job: 'assign-skus' }, '--job goes past the API'],
  [{ target: 'http://ge', own: true }, '--own and --target name two fleets'],
  [{ key: 'secret' }, 'there is no --target'],
  [{ carrier: 'http://carrier' }, 'there is no --target'],
])('what no fleet but its own can take is not asked of another one: %j', async (more, said) => {
  const asking = askedFlood({ ...words, ...more });
  await expect(asking).rejects.toThrow(said);
  await expect(asking).rejects.toBeInstanceOf(UserMistake);
});

test('what goes past the API is sent to a fleet of its own, whatever runs here; all else to the one that runs here', async () => {
  const own = async (more: Partial<FloodWords>) => (await askedFlood({ ...words, ...more })).fleet.own;
  expect(await own({ profile: 'direct' })).toBe(true);
  expect(await own({ profile: 'poison' })).toBe(true);
  expect(await own({ job: 'assign-skus' })).toBe(true);
  for (const profile of ['mixed', 'labels', 'feeds', 'templates', 'skus', 'hot-seller', 'duplicates'])
    expect(await own({ profile })).toBe(false);
  expect(await own({ own: true })).toBe(true);
});

test('an address, a key or a token that is missing is told before anything is asked, and no secret with it', async () => {
  const none = { key: undefined, carrier: undefined, own: false, settings: {} };
  const open = (target: string, more: object = {}) => openFloodedFleet({ ...none, target, ...more }, () => undefined);
  vi.stubEnv('GE_KEY', '');
  vi.stubEnv('GE_CARRIER_TOKEN', '');
  await expect(open('localhost:8080', { key: 'k3y' })).rejects.toThrow(
    /^--target takes an address .*, not localhost:8080\.$/,
  );
  await expect(open('http://127.0.0.1:1')).rejects.toThrow('its operator key is missing');
  await expect(open('http://127.0.0.1:1', { key: 'k3y', carrier: 'http://127.0.0.1:2' })).rejects.toThrow(
    'GE_CARRIER_TOKEN',
  );
});
