import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { carrierSettings, carrierVariables, createCarrierRegistry, webhookVariables } from '../src/index.ts';

const variables = z.object(carrierVariables);
const env = { CARRIER_URL: 'https://carriers.example', CARRIER_API_KEY: 'a-key' };
const read = (carriers?: unknown) =>
  variables.parse({ ...env, ...(carriers !== undefined && { CARRIERS: JSON.stringify(carriers) }) });

describe('the settings of an installation', () => {
  it('are all carriers at one address unless told otherwise', () => {
    expect(carrierSettings(read())).toMatchObject([
      { id: 'simulator-express', baseUrl: env.CARRIER_URL, apiKey: 'a-key', profile: {} },
      { id: 'simulator-parcel', baseUrl: env.CARRIER_URL, apiKey: 'a-key', profile: {} },
    ]);
  });

  it('name the carriers to buy from, with an address, a key and abilities of their own', async () => {
    const own = { url: 'https://parcel.example', apiKey: 'another-key', horizonMs: 5_000, lookUp: false };
    const settings = carrierSettings(read({ 'simulator-parcel': own }), 10);
    expect(settings).toEqual([
      {
        id: 'simulator-parcel',
        baseUrl: 'https://parcel.example',
        apiKey: 'another-key',
        connections: 10,
        profile: { horizonMs: 5_000, lookUp: false },
      },
    ]);
    const registry = createCarrierRegistry(settings);
    expect(registry.carrierById('simulator-parcel')!.profile).toMatchObject({ lookUp: false, idempotencyKey: true });
    expect(registry.carrierById('simulator-express')).toBeUndefined();
    await registry.close();
  });

  it('set limits: who names a rate alone may have a second’s worth of it at once', async () => {
    const carriers = { 'simulator-express': { rate: 12.5 }, 'simulator-parcel': { rate: 0.5, burst: 3, pauseMs: 100 } };
    const registry = createCarrierRegistry(carrierSettings(read(carriers)));
    expect(registry.carriers.map(({ profile }) => profile)).toMatchObject([
      { rate: 12.5, burst: 12, failuresToPause: 10, pauseMs: 5_000 },
      { rate: 0.5, burst: 3, failuresToPause: 10, pauseMs: 100 },
    ]);
    await registry.close();
    const unlimited = createCarrierRegistry(carrierSettings(read()));
    for (const { profile } of unlimited.carriers) expect(profile).toMatchObject({ rate: null });
    await unlimited.close();
  });

  it('have EasyPost only where it is named, with an address and a key of its own', () => {
    expect(carrierSettings(read()).map(({ id }) => id)).not.toContain('easypost');
    const own = { url: 'https://api.easypost.com', apiKey: 'its-key', dutyPaidServices: ['UPS'] };
    expect(carrierSettings(read({ easypost: own }))).toEqual([
      {
        id: 'easypost',
        baseUrl: 'https://api.easypost.com',
        apiKey: 'its-key',
        connections: undefined,
        profile: {},
        terms: { dutyPaidServices: ['UPS'], documentHosts: undefined },
      },
    ]);
    expect(carrierSettings(read({ easypost: { ...own, url: 'http://127.0.0.1:8090/easypost' } }))).toHaveLength(1);
  });

  it.each([
    '{"simulator-parcel":{"rate":0}}',
    '{"simulator-parcel":{"burst":0.5}}',
    '{"easypost":{}}',
    '{"easypost":{"url":"https://api.easypost.com"}}',
    '{"easypost":{"url":"http://api.easypost.com","apiKey":"k"}}',
    '{"easypost":{"url":"http://127.0.0.1.example","apiKey":"k"}}',
    '{"easypost":{"url":"https://api.easypost.com","apiKey":"k","idempotencyKey":true}}',
    '{"easypost":{"url":"https://api.easypost.com","apiKey":"k","documentHosts":["https://files.example/"]}}',
    '{"easypost":{"url":"https://api.easypost.com","apiKey":"k","statementSince":"yesterday"}}',
    'not json',
    '{"unknown-carrier":{}}',
    '{"simulator-parcel":{"horizon":5}}',
    '{"simulator-parcel":{"url":"ftp://parcel.example"}}',
    '{"simulator-parcel":{"horizonMs":-1}}',
  ])('refuse %s', (text) => {
    expect(variables.safeParse({ ...env, CARRIERS: text }).success).toBe(false);
  });
});

describe('the keys that carriers sign with', () => {
  const secret = 's'.repeat(32);
  const parse = (keys: unknown) => z.object(webhookVariables).safeParse({ CARRIER_WEBHOOK_KEYS: JSON.stringify(keys) });

  it('are two of a carrier while one is changed, and none unless told', () => {
    const keys = { 'simulator-parcel': { old: secret, new: secret } };
    expect(parse(keys).data?.CARRIER_WEBHOOK_KEYS).toEqual(keys);
    expect(z.object(webhookVariables).parse({}).CARRIER_WEBHOOK_KEYS).toEqual({});
  });

  it.each([
    { 'unknown-carrier': { k: secret } },
    { 'simulator-parcel': { k: 'guessed' } },
    { 'simulator-parcel': { 'a key': secret } },
    { 'simulator-parcel': { a: secret, b: secret, c: secret, d: secret, e: secret } },
  ])('are refused, without being repeated: %j', (keys) => {
    const { error } = parse(keys);
    expect(error).toBeDefined();
    expect(String(error)).not.toContain(secret);
    expect(String(error)).not.toContain('guessed');
  });
});
