import { createClient, problem, routes } from '@ge/api';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { networkOf } from '../limits/networkOf.ts';
import { refusedWith } from './refusedWith.ts';
import { importSeller } from './sellers.ts';
import { startGateway, type TestGateway } from './startGateway.ts';

let gateway: TestGateway;
let sellerId: string;
beforeAll(async () => {
  gateway = await startGateway({
    RATE_LIMIT_SECONDS: '600',
    RATE_LIMIT_SELLER: '5',
    RATE_LIMIT_STRANGERS: '4',
    UPLOAD_BYTES_PER_MINUTE: '10',
    TRUSTED_PROXIES: 'loopback',
  });
  ({ sellerId } = await importSeller(gateway.operator));
});
afterAll(() => gateway?.close());

const ask = (key: string, from = '198.51.100.1', path = `/v1/sellers/${sellerId}`, language = 'en') =>
  fetch(gateway.baseUrl + path, {
    headers: { authorization: `Bearer ${key}`, 'x-forwarded-for': from, 'accept-language': language },
  });
const statusOf = async (answer: Promise<Response>): Promise<number> => {
  const { status, body } = await answer;
  await body?.cancel();
  return status;
};

it('tells with every answer what is left, and refuses what is more, in both languages', async () => {
  const key = await gateway.keyOf('seller', sellerId);
  const first = await ask(key);
  expect(first.headers.get('ratelimit-policy')).toBe('"seller";q=5;w=600');
  expect(first.headers.get('ratelimit')).toMatch(/^"seller";r=4;t=(600|599)$/);
  await first.body?.cancel();
  for (let call = 2; call <= 5; call += 1) expect(await statusOf(ask(key))).toBe(200);
  for (const [language, text] of [
    ['en', /Too many calls/],
    ['zh', /过多/],
  ] as const) {
    const refused = await ask(key, undefined, undefined, language);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(500);
    expect(refused.headers.get('ratelimit')).toMatch(/^"seller";r=0;t=\d+$/);
    expect(problem.parse(await refused.json())).toMatchObject({
      code: 'http.rate_limited',
      title: expect.stringMatching(text),
    });
  }
});

it('counts each key for itself, whatever becomes of its calls', async () => {
  const [one, other] = [await gateway.keyOf('seller', sellerId), await gateway.keyOf('seller', sellerId)];
  const statuses: number[] = [];
  for (const path of ['/v1/operations/none', '/v1/invitations', `/v1/sellers/${sellerId}?x=1`]) {
    statuses.push(await statusOf(ask(one, undefined, path)));
  }
  expect(statuses).toEqual([404, 403, 400]);
  expect(await statusOf(ask(one))).toBe(200);
  expect(await statusOf(ask(one))).toBe(200);
  expect(await statusOf(ask(one))).toBe(429);
  expect(await statusOf(ask(other))).toBe(200);
});

it('counts a key once for all processes', async () => {
  const key = await gateway.keyOf('seller', sellerId);
  const other = await gateway.another();
  try {
    const at = [gateway.baseUrl, other.baseUrl];
    const statuses: number[] = [];
    for (let call = 0; call < 7; call += 1) {
      const { status, body } = await fetch(`${at[call % 2]}/v1/sellers/${sellerId}`, {
        headers: { authorization: `Bearer ${key}` },
      });
      await body?.cancel();
      statuses.push(status);
    }
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 429]);
  } finally {
    await other.close();
  }
});

it('makes guessing keys slow for an address, and for nobody who has one already', async () => {
  const [known, fresh] = [await gateway.keyOf('producer'), await gateway.keyOf('producer')];
  const from = '203.0.113.9';
  expect(await statusOf(ask(known, from))).toBe(200);
  const guesses = await Promise.all(Array.from({ length: 8 }, (_, no) => statusOf(ask(`guess-${no}`, from))));
  expect(guesses.filter((status) => status === 401)).toHaveLength(4);
  expect(guesses.filter((status) => status === 429)).toHaveLength(4);
  // Even the right key is no longer found out from there, but whoever came in before goes on.
  expect(await statusOf(ask(fresh, from))).toBe(429);
  expect(await statusOf(ask(known, from))).toBe(200);
  expect(await statusOf(ask(fresh, '203.0.113.10'))).toBe(200);
});

it('counts no good key against its address', async () => {
  const from = '203.0.113.20';
  for (let call = 0; call < 6; call += 1) {
    expect(await statusOf(ask(await gateway.keyOf('producer'), from))).toBe(200);
  }
});

it('takes all of an IPv6 /64 for one', () => {
  expect(networkOf('2001:db8:1:2:3:4:5:6')).toBe(networkOf('2001:db8:1:2::1'));
  expect(networkOf('2001:db8:1:2::1')).not.toBe(networkOf('2001:db8:1:3::1'));
  expect(networkOf('::ffff:192.0.2.1')).toBe('192.0.2.1');
  expect(networkOf(undefined)).toBe('unknown');
});

it('takes the file that passes the bytes of a minute, and the next one later', async () => {
  const { baseUrl } = gateway;
  const newProducer = async () => createClient({ baseUrl, apiKey: await gateway.keyOf('producer') });
  const producer = await newProducer();
  const upload = (client = producer) =>
    client.call(routes.feeds.uploadFeed, {
      params: { sellerId },
      query: { type: 'inventory-loader' },
      upload: { bytes: 'sku\ntemplate\n', mediaType: 'text/plain' },
    });
  await upload();
  const refused = await upload().catch((error: unknown) => error);
  expect(refused).toMatchObject({ problem: { code: 'http.rate_limited' } });
  expect((refused as { retryAfterSeconds: number }).retryAfterSeconds).toBeGreaterThan(30);
  await producer.call(routes.feeds.listFeeds, { params: { sellerId } });
  await upload(await newProducer());
});

it('neither fails nor lets everything pass while Redis is away', async () => {
  const away = await startGateway({ RATE_LIMIT_SELLER: '2' }, { redisUrl: 'redis://127.0.0.1:1' });
  try {
    const made = await importSeller(away.operator);
    const client = createClient({ baseUrl: away.baseUrl, apiKey: await away.keyOf('seller', made.sellerId) });
    const read = () => client.call(routes.sellers.getSeller, { params: { sellerId: made.sellerId } });
    await read();
    await read();
    expect((await refusedWith(read())).code).toBe('http.rate_limited');
  } finally {
    await away.close();
  }
});

it('believes no address that somebody writes himself unless a trusted proxy does', async () => {
  const open = await startGateway({ RATE_LIMIT_STRANGERS: '2' });
  try {
    const guess = (no: number) =>
      statusOf(fetch(`${open.baseUrl}/v1/sellers`, { headers: { 'x-forwarded-for': `203.0.113.${no}` } }));
    expect([await guess(1), await guess(2), await guess(3)]).toEqual([401, 401, 429]);
  } finally {
    await open.close();
  }
});
