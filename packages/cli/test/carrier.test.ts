import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CarrierSimulator, startCarrierSimulator } from '@ge/carrier-simulator';
import { type CarrierId, createCarrierRegistry } from '@ge/carriers';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { presets } from '../src/carrier/presets.ts';
import { runCommand } from '../src/program.ts';

const token = 'an-admin-token-for-tests';
const folder = mkdtempSync(join(tmpdir(), 'ge-carrier-'));
let simulator: CarrierSimulator;
let registry: ReturnType<typeof createCarrierRegistry>;

beforeAll(async () => {
  simulator = await startCarrierSimulator({ adminToken: token });
  const ids: readonly CarrierId[] = ['simulator-express', 'simulator-parcel'];
  registry = createCarrierRegistry(ids.map((id) => ({ id, baseUrl: simulator.url, apiKey: 'any' })));
});
afterAll(async () => {
  await registry.close();
  await simulator.close(0);
  rmSync(folder, { recursive: true });
});
beforeEach(() => ge('faults', 'clear'));

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** `ge carrier <words>` on the simulator of this test, without a process of its own. */
const ge = (...words: string[]) => run(['carrier', ...words, '--url', simulator.url, '--token', token]);

async function run(words: readonly string[]): Promise<Ended> {
  const said = { out: [] as unknown[], err: [] as unknown[] };
  const out = vi.spyOn(console, 'log').mockImplementation((line) => void said.out.push(line));
  const err = vi.spyOn(console, 'error').mockImplementation((line) => void said.err.push(line));
  const before = process.exitCode;
  process.exitCode = 0;
  try {
    await runCommand(words);
    return { code: Number(process.exitCode), out: said.out.join('\n'), err: said.err.join('\n') };
  } finally {
    process.exitCode = before;
    out.mockRestore();
    err.mockRestore();
  }
}

const json = async <T = Record<string, unknown>>(...words: string[]): Promise<T> =>
  JSON.parse((await ge(...words, '--json')).out) as T;

const address = { line1: '1 Main St', city: 'Denver', state: 'CO', postalCode: '80202', phone: '+1 303 555 0100' };
const way = {
  shipFrom: { ...address, name: 'A. Sender', country: 'US' },
  shipTo: { ...address, name: 'B. Buyer', country: 'DE', state: undefined },
  parcel: { weightGrams: 1_250, lengthMm: 300, widthMm: 200, heightMm: 120 },
  shipDate: '2026-11-23',
};
const unitValue = { minor: 25_99, currency: 'USD' } as const;

/** A label of the parcel carrier, bought or tried to be. */
async function buy(intentId: string, id: CarrierId = 'simulator-parcel') {
  const carrier = registry.carrierById(id)!;
  const call = { timeoutMs: 5_000 };
  const goods = { description: 'Shirt', hsCode: '6205200000', originCountry: 'VN', quantity: 1, unitWeightGrams: 400 };
  const lines = [{ ...goods, unitValue }];
  const about = { ...way, declaredValue: unitValue, hasDangerousGoods: false, lines, labelFormat: 'ZPL203' } as const;
  const quote = await carrier.quote(about, call);
  if (quote.kind !== 'quoted') throw new Error(JSON.stringify(quote));
  const { offerToken, serviceId } = quote.offers[0]!;
  const intent = { ...way, intentId, offerToken, serviceId, lines, labelFormat: 'ZPL203', withInvoice: false } as const;
  return carrier.buy(carrier.prepare(intent), call);
}

async function bought(intentId: string, id?: CarrierId) {
  const outcome = await buy(intentId, id);
  if (outcome.kind !== 'purchased') throw new Error(JSON.stringify(outcome));
  return outcome;
}

test('every command explains itself with examples and exit codes', async () => {
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const help = async (...words: string[]) => {
    write.mockClear();
    await runCommand(['carrier', ...words, '--help']);
    return write.mock.calls.map(([chunk]) => String(chunk)).join('');
  };
  for (const words of [
    [],
    ['status'],
    ['faults'],
    ['faults', 'add'],
    ['faults', 'list'],
    ['faults', 'clear'],
    ['abilities'],
    ['ledger'],
    ['deliver'],
    ['adjust'],
  ]) {
    const said = await help(...words);
    expect(said).toContain(`Examples:\n  ge carrier`);
    expect(said).toMatch(/Exit codes:\n( {2}\d+ .*\n)+/);
  }
  expect(await help('faults', 'add')).toContain('one purchase in ten is cut off and charged 30 s later');
  write.mockRestore();
});

describe('faults', () => {
  test.each(Object.keys(presets))('the preset %s is understood, and shown as what is in force', async (name) => {
    const { code, out, err } = await ge('faults', 'add', name, '--seed', 'monday', '--carrier', 'parcel');
    expect(err).toBe(`In force: ${name}, seed monday.`);
    expect([code, out.split('\n').length]).toEqual([0, expect.any(Number)]);
    expect(out).toMatch(/^(window|lottery|latency) +parcel /m);
  });

  test('come by a seed, which is drawn and shown where none is told', async () => {
    const { err } = await ge('faults', 'add', 'no-label');
    expect(err).toMatch(/^In force: no-label, seed [0-9a-f]{8}\.$/);
    const labels = Array.from({ length: 40 }, (_, i) => buy(`lbl_seed${i}`));
    expect(new Set((await Promise.all(labels)).map(({ kind }) => kind))).toEqual(new Set(['purchased', 'unknown']));
    const drawn = await json<{ seed: string; lotteries: object[] }>('faults', 'add', 'twice');
    expect(drawn.seed).toMatch(/^[0-9a-f]{8}$/);
    expect(drawn.lotteries).toHaveLength(3);
    expect((await json<{ injected: object }>('faults', 'list')).injected).toHaveProperty('ok_without_label');
  });

  test('last as long as told, and are gone when cleared', async () => {
    await ge('faults', 'add', 'outage', '--for', '5m', '--every', '1h', '--seed', 's', '--carrier', 'express');
    const { windows } = await json<{ windows: object[] }>('faults', 'list');
    expect(windows).toMatchObject([{ carrier: 'express', forMs: 300_000, every: { ms: 3_600_000, seed: 's' } }]);
    await ge('faults', 'clear');
    await ge('faults', 'add', 'outage', '--for', '5m');
    await expect(buy('lbl_outage')).rejects.toThrow('CONNECTION_LOST');
    expect((await ge('faults', 'clear')).out).toBe('No faults are in force.');
    await bought('lbl_outage');
  });

  test('come from a file as the simulator takes them', async () => {
    const file = join(folder, 'script.json');
    writeFileSync(
      file,
      JSON.stringify({ rules: [{ reference: 'lbl_file', times: 2, effect: { kind: 'error_after' } }] }),
    );
    const { out, err } = await ge('faults', 'add', file);
    expect(out).toMatch(/^rule +both +buy +error_after +2 times, of lbl_file$/m);
    expect(err).toBe('');
    expect(await buy('lbl_file')).toMatchObject({ kind: 'unknown', reason: 'SERVER_ERROR' });
  });
});

test('abilities are shown, changed for the carrier that is named, and kept for the other', async () => {
  const changed = await json('abilities', '--parcel', 'none');
  const all = { idempotencyKeys: true, lookUp: true };
  expect(changed).toEqual({ express: all, parcel: { idempotencyKeys: false, lookUp: false } });
  expect((await ge('abilities')).out).toMatch(/^parcel +no +no$/m);
  expect((await ge('abilities', '--parcel', 'look-up')).out).toMatch(/^parcel +no +yes$/m);
  expect(await json('abilities', '--parcel', 'keys,look-up')).toEqual({ express: all, parcel: all });
});

describe('the book', () => {
  test('shows what was charged, and of one label every call', async () => {
    await ge('faults', 'add', 'lost-answers', '--seed', 'x');
    await ge('faults', 'clear');
    const { trackingId } = await bought('lbl_book');
    const { out } = await ge('ledger', '--reference', 'lbl_book');
    expect(out).toContain(trackingId);
    expect(out).toMatch(/ parcel +buy +\S+ +[0-9a-f]{8}$/m);
    const last = await json<{ charges: { trackingId: string }[] }>('ledger', '--limit', '1');
    expect(last.charges).toMatchObject([{ trackingId }]);
    expect(last).not.toHaveProperty('calls');
    const ofExpress = await json<{ charges: { carrier: string }[] }>('ledger', '--carrier', 'express');
    expect(ofExpress.charges.filter(({ carrier }) => carrier !== 'express')).toEqual([]);
    expect((await ge('ledger', '--reference', 'lbl_nobody')).out).toBe('Nothing was charged.\n\nNobody asked.');
  });

  test('status sums it up', async () => {
    await bought('lbl_status');
    const { totals, abilities } = await json<{ totals: { charges: number }; abilities: object }>('status');
    expect(abilities).toHaveProperty('express.lookUp', true);
    const { code, out } = await ge('status');
    expect(code).toBe(0);
    expect(out).toMatch(new RegExp(`^charges +${totals.charges}, \\$[\\d.]+$`, 'm'));
    expect(out).toMatch(/^express +yes +yes +nobody$/m);
    expect(out).toContain('No faults are in force.');
  });
});

describe('parcels', () => {
  test('move on from where they are, one or all, as far as told; what is there or voided stays', async () => {
    const one = await bought('lbl_move');
    const voided = await bought('lbl_voided');
    await registry.carrierById('simulator-parcel')!.void(voided.shipmentId, { timeoutMs: 5_000 });
    expect(await json('deliver', one.trackingId, '--until', 'departed')).toEqual({ parcels: 1, moved: 1, scans: 2 });
    expect((await ge('deliver', one.trackingId)).out).toBe('Moved 1 of 1 parcel, 3 scans.');
    expect((await ge('deliver', one.trackingId)).out).toBe('Nothing moved: what is not voided is there already.');
    expect((await json<{ moved: number }>('deliver', '--all')).moved).toBeGreaterThan(0);
    expect(await json('deliver', '--all')).toMatchObject({ moved: 0, scans: 0 });
    const tracked = await registry.carrierById('simulator-parcel')!.track(one.trackingId, { timeoutMs: 5_000 });
    expect(tracked).toMatchObject({ status: 'Delivered' });
    expect(tracked.kind === 'tracked' && tracked.events.map(({ code }) => code)).toEqual([
      'PickupDone',
      'Departed',
      'ArrivedAtCarrierFacility',
      'OutForDelivery',
      'Delivered',
    ]);
  });

  test('are weighed again', async () => {
    const { shipmentId } = await bought('lbl_weighed');
    expect((await ge('adjust', shipmentId, '250')).out).toBe(`Billed: $2.50 for ${shipmentId}.`);
    expect(await json('adjust', shipmentId, '-100')).toEqual({ shipmentId, minor: -100 });
  });
});

test.each([
  [
    ['bogus'],
    'There is no command carrier bogus: status, faults, abilities, ledger, deliver, adjust (ge carrier --help).',
  ],
  [['faults'], 'Say what to do with faults: add, list, clear (ge carrier faults --help).'],
  [
    ['faults', 'add', 'earthquake'],
    `There is neither a preset nor a file earthquake. Presets: ${Object.keys(presets).join(', ')}.`,
  ],
  [['faults', 'add', 'outage', '--for', 'long'], '--for takes a time such as 30s or 5m, not long.'],
  [
    ['faults', 'add', 'timeouts', '--for', '5s'],
    '--for and --every are for rate-storm, outage, flapping, not for timeouts.',
  ],
  [
    ['faults', 'add', 'outage', '--for', '60s', '--every', '30s'],
    'The simulator does not understand that: windows: forMs is not below every.ms',
  ],
  [
    ['abilities', '--express', 'telepathy'],
    '--express takes keys, look-up, both with a comma, or none; not telepathy.',
  ],
  [['ledger', '--limit', '0'], '--limit takes a number from 1 to 1000, not 0.'],
  [['deliver'], 'Name one parcel by its tracking number, or all with --all.'],
  [['deliver', '1', '--all'], 'Name one parcel by its tracking number, or all with --all.'],
  [['deliver', '1', '--carrier', 'express'], '--carrier goes with --all: a tracking number is of one carrier.'],
  [['adjust', 'x', '1.5'], 'Cents are a whole number other than 0, not 1.5.'],
])('a mistake is answered in a line and exit code 2: %j', async (words, said) => {
  const { parent, all } = { parent: words.length === 1 && ['bogus', 'faults'].includes(words[0]!), all: words };
  expect(await (parent ? run(['carrier', ...all]) : ge(...all))).toEqual({ code: 2, out: '', err: `ge: ${said}` });
});

test.each([
  [['deliver', '0000000000'], 'There is no parcel 0000000000.'],
  [['adjust', 'nothing', '5'], 'There is no shipment nothing.'],
])('what the simulator does not know is told in a line and exit code 1: %j', async (words, said) => {
  expect(await ge(...words)).toEqual({ code: 1, out: '', err: `ge: ${said}` });
});

test('a simulator is named by options or by the environment, with its token, and is one', async () => {
  const at = (url: string, key: string) => run(['carrier', 'status', '--url', url, '--token', key]);
  expect(await at(simulator.url, 'another-token')).toMatchObject({
    code: 1,
    err: `ge: The simulator at ${simulator.url} does not know this token.`,
  });
  expect(await at('nowhere', token)).toMatchObject({ code: 2, err: expect.stringContaining('not nowhere.') });
  expect(await at('http://127.0.0.1:1', token)).toMatchObject({
    code: 1,
    err: expect.stringContaining('Nothing answers'),
  });
  expect(await run(['carrier', 'status', '--url', simulator.url])).toMatchObject({
    code: 2,
    err: expect.stringContaining('GE_CARRIER_TOKEN'),
  });
  vi.stubEnv('GE_CARRIER_URL', simulator.url);
  vi.stubEnv('GE_CARRIER_TOKEN', token);
  expect((await run(['carrier', 'abilities', '--json'])).code).toBe(0);
  vi.unstubAllEnvs();
});
