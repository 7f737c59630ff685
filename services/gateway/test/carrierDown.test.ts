import { routes } from '@ge/api';
import { eventually } from '@ge/testkit';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
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

test('a carrier that answers 429 is not asked for the time it names', async () => {
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
