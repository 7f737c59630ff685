import { routes } from '@ge/api';
import { eventually } from '@ge/testkit';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { refusedWith } from './refusedWith.ts';
import { tradeDesk } from './tradeDesk.ts';

const desk = tradeDesk();
beforeAll(() => desk.open({}, { failuresToPause: 3, pauseMs: 1_500 }));
afterAll(() => desk.close());
beforeEach(() => desk.nextShop());

const offeredBy = ({ offers }: Awaited<ReturnType<typeof desk.quote>>) =>
  [...new Set(offers.map(({ carrierId }) => carrierId))].sort();
const reasonsOf = ({ refused }: Awaited<ReturnType<typeof desk.quote>>, carrierId: string) =>
  refused
    .filter((service) => service.carrierId === carrierId && service.serviceId === null)
    .flatMap(({ reasons }) => reasons.map(({ code }) => code));
const shown = async () => {
  const { items } = await desk.gateway.operator.call(routes.carriers.listCarriers);
  return items.find(({ carrierId }) => carrierId === 'simulator-express')!;
};

test('a carrier that is down is not asked any more: TEMPORARILY_UNAVAILABLE at once, with the offers of the other, until it is back', async () => {
  expect(await shown()).toMatchObject({ breaker: 'closed', retryAt: null, callsPerSecond: null, burst: null });
  await desk.fail({ operation: 'quote', carrier: 'express', times: 1_000, effect: { kind: 'no_answer_before' } });
  await Promise.all([desk.quote(), desk.quote(), desk.quote()]);
  const asked = await desk.quotesAsked();
  expect(await shown()).toMatchObject({ breaker: 'open', retryAt: expect.any(Date) });

  const quote = await desk.quote();
  expect(offeredBy(quote)).toEqual(['simulator-parcel']);
  expect(reasonsOf(quote, 'simulator-express')).toEqual(['TEMPORARILY_UNAVAILABLE']);
  expect(await desk.quotesAsked()).toBe(asked);

  await desk.fail();
  await eventually('both carriers offer', async () => offeredBy(await desk.quote()).length === 2);
  expect(await shown()).toMatchObject({ breaker: 'closed', retryAt: null });
});

test('a carrier stopped by hand is not asked though it answers, until it is let go on; who did it and why is written down once', async () => {
  const params = { carrierId: 'simulator-express' };
  const put = (body: { state: 'open'; reason: string } | { state: 'closed'; reason?: string }) =>
    desk.gateway.operator.call(routes.carriers.setBreaker, { params, body });
  const stopped = { at: expect.any(Date), reason: 'prices wrong' };
  const first = await put({ state: 'open', reason: 'prices wrong' });
  const wantsCalls = { noQuotesBefore: null, noPurchasesBefore: null };
  expect(first).toEqual({ ...params, breaker: 'open', retryAt: null, stopped, ...wantsCalls });
  expect(await put({ state: 'open', reason: 'prices wrong' })).toEqual(first);
  expect(await shown()).toMatchObject(first);
  await eventually('not offered', async () => offeredBy(await desk.quote()).length === 1);
  const asked = await desk.quotesAsked();
  expect(reasonsOf(await desk.quote(), 'simulator-express')).toEqual(['TEMPORARILY_UNAVAILABLE']);
  expect(await desk.quotesAsked()).toBe(asked);
  expect(await put({ state: 'open', reason: 'contract ended' })).toMatchObject({
    stopped: { ...first.stopped, reason: 'contract ended' },
  });

  const good = { ...params, breaker: 'closed', retryAt: null, stopped: null, ...wantsCalls };
  expect(await put({ state: 'closed' })).toEqual(good);
  expect(await put({ state: 'closed' })).toEqual(good);
  await eventually('both carriers offer', async () => offeredBy(await desk.quote()).length === 2);
  const query = { target: 'carriers/simulator-express' };
  const { items } = await desk.gateway.operator.call(routes.audit.listAudit, { query });
  expect(items.map(({ action, reason }) => [action, reason])).toEqual([
    ['carrier.go_on', null],
    ['carrier.stop', 'contract ended'],
    ['carrier.stop', 'prices wrong'],
  ]);
  const refusedPut = (carrierId: string, body: object) =>
    refusedWith(desk.gateway.operator.call(routes.carriers.setBreaker, { params: { carrierId }, body: body as never }));
  expect((await refusedPut('nobody', { state: 'closed' })).code).toBe('http.not_found');
  expect((await refusedPut('simulator-express', { state: 'open' })).errors[0]?.field).toBe('/reason');
});

test('a carrier that answers 429 is not asked for the time it names, and until when is shown', async () => {
  expect(await shown()).toMatchObject({ noQuotesBefore: null, noPurchasesBefore: null });
  await desk.fail({
    operation: 'quote',
    carrier: 'express',
    effect: { kind: 'rate_limited', retryAfterSeconds: 3_600 },
  });
  const first = await desk.quote();
  expect(reasonsOf(first, 'simulator-express')).toEqual(['TEMPORARILY_UNAVAILABLE']);
  const asked = await desk.quotesAsked();
  const second = await desk.quote();
  expect(reasonsOf(second, 'simulator-express')).toEqual(['TEMPORARILY_UNAVAILABLE']);
  expect(offeredBy(second)).toEqual(['simulator-parcel']);
  expect(await desk.quotesAsked()).toBe(asked);
  const { noQuotesBefore, ...others } = await shown();
  expect(others).toMatchObject({ breaker: 'closed', retryAt: null, stopped: null, noPurchasesBefore: null });
  const leftMs = noQuotesBefore!.getTime() - Date.now();
  expect(leftMs).toBeGreaterThan(3_500_000);
  expect(leftMs).toBeLessThanOrEqual(3_600_000);
});

test('people who let a carrier go on end the pause that it asked for, with an audit entry; another one holds again', async () => {
  await desk.fail();
  const params = { carrierId: 'simulator-express' };
  const letGoOn = () =>
    desk.gateway.operator.call(routes.carriers.setBreaker, {
      params,
      body: { state: 'closed', reason: 'they said so' },
    });
  await letGoOn();
  for (const asksFor of [3_600, 1_800]) {
    const effect = { kind: 'rate_limited', retryAfterSeconds: asksFor };
    await desk.fail({ operation: 'quote', carrier: 'express', effect });
    await eventually('asked', async () => {
      await desk.quote();
      return (await shown()).noQuotesBefore !== null;
    });
    expect(offeredBy(await desk.quote())).toEqual(['simulator-parcel']);
    const { noQuotesBefore } = await shown();
    expect(await letGoOn()).toMatchObject({ breaker: 'closed', noQuotesBefore: null, noPurchasesBefore: null });
    await eventually('both carriers offer', async () => offeredBy(await desk.quote()).length === 2);
    const { items } = await desk.gateway.operator.call(routes.audit.listAudit, {
      query: { target: 'carriers/simulator-express', limit: 1 },
    });
    expect(items).toMatchObject([
      {
        action: 'carrier.go_on',
        reason: 'they said so',
        before: { breaker: 'closed', noQuotesBefore: noQuotesBefore!.toISOString(), noPurchasesBefore: null },
        after: { breaker: 'closed', noQuotesBefore: null, noPurchasesBefore: null },
      },
    ]);
  }
});

test('a carrier whose limit is reached is not asked, and says so', async () => {
  const limited = tradeDesk();
  await limited.open({}, { rate: 0.1, burst: 5 });
  try {
    await limited.nextShop();
    const { items } = await limited.gateway.operator.call(routes.carriers.listCarriers);
    expect(items).toMatchObject([0, 1].map(() => ({ callsPerSecond: 0.1, burst: 5 })));
    const quotes = await Promise.all(Array.from({ length: 30 }, () => limited.quote()));
    const refused = quotes.filter((quote) => reasonsOf(quote, 'simulator-express').includes('TEMPORARILY_UNAVAILABLE'));
    const asked = await limited.quotesAsked();
    expect(asked).toBe(30 - refused.length);
    // Five at once, and one more at most should this machine take ten seconds.
    expect(asked).toBeGreaterThanOrEqual(5);
    expect(asked).toBeLessThanOrEqual(6);
  } finally {
    await limited.close();
  }
});
