import { routes } from '@ge/api';
import { eventually } from '@ge/testkit';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { tradeDesk } from './tradeDesk.ts';

const desk = tradeDesk();
beforeAll(() => desk.open({}, { failuresToPause: 3, pauseMs: 1_500, rate: 1, burst: 40 }));
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
  expect(await shown()).toMatchObject({ breaker: 'closed', retryAt: null, callsPerSecond: 1, burst: 40 });
  await desk.fail({ operation: 'quote', carrier: 'express', times: 1_000, effect: { kind: 'no_answer_before' } });
  await Promise.all([desk.quote(), desk.quote(), desk.quote()]);
  const asked = await desk.quotesAsked();
  expect(await shown()).toMatchObject({ breaker: 'open', retryAt: expect.any(Date) });

  const begun = performance.now();
  const quote = await desk.quote();
  // The one that does not answer would have been waited for until its deadline.
  expect(performance.now() - begun).toBeLessThan(1_400);
  expect(offeredBy(quote)).toEqual(['simulator-parcel']);
  expect(reasonsOf(quote, 'simulator-express')).toEqual(['TEMPORARILY_UNAVAILABLE']);
  expect(await desk.quotesAsked()).toBe(asked);

  await desk.fail();
  await eventually('both carriers offer', async () => offeredBy(await desk.quote()).length === 2);
  expect(await shown()).toMatchObject({ breaker: 'closed', retryAt: null });
});

test('a carrier that answers 429 is not asked for the time it names, and one whose limit is reached not at all', async () => {
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

  const many = await Promise.all(Array.from({ length: 45 }, () => desk.quote()));
  const none = many.filter((quote) => reasonsOf(quote, 'simulator-parcel').includes('TEMPORARILY_UNAVAILABLE'));
  expect(none.length).toBeGreaterThan(0);
});
