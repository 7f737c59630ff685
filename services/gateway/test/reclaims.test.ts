import { routes } from '@ge/api';
import { ChargeReclaimEntity, LedgerTransferEntity } from '@ge/database';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { chargedBeside, refusedReclaim } from './chargedBeside.ts';
import { codesOf, refusedWith } from './refusedWith.ts';
import { tradeDesk } from './tradeDesk.ts';
import { usd } from './tradeFixture.ts';

const desk = tradeDesk();
beforeAll(() => desk.open());
afterAll(() => desk.close());
beforeEach(() => desk.nextShop());

const carrierId = 'simulator-express';
const reason = 'they mended it';

const askAgain = (shipmentRef: string, client = desk.gateway.operator) =>
  client.call(routes.reclaims.askAgain, { params: { carrierId, shipmentRef }, body: { reason } });

it('a refused reclaim is asked for again by an operator, who and why is kept, and its charge is in the ledger', async () => {
  const labelId = await desk.bought('AGAIN');
  await chargedBeside(desk, labelId, 'shp-again', refusedReclaim);
  const { reclaim, operationId } = await askAgain('shp-again');
  expect(reclaim).toMatchObject({
    shipmentRef: 'shp-again',
    labelId,
    state: 'requested',
    problem: null,
    endedAt: null,
  });
  const owed = await desk.messagesNamed('reclaim-charge');
  expect(owed.map((message) => [message.operationId, message.payload])).toEqual([
    [operationId, { sellerId: desk.shop.sellerId, labelId, carrierId, shipmentRef: 'shp-again' }],
  ]);
  const [row] = await desk.gateway.database.transaction((tx) =>
    tx.find(ChargeReclaimEntity, [[carrierId, 'shp-again']]),
  );
  expect(row).toMatchObject({ state: 'requested', unanswered: 0, reason: null });
  const booked = await desk.gateway.database.transaction((tx) =>
    tx.find(LedgerTransferEntity, [`further_charge/${carrierId}/shp-again`]),
  );
  expect(booked).toMatchObject([{ debit: 'platform', credit: 'carrier', minor: 10_00 }]);
  const { items } = await desk.gateway.operator.call(routes.audit.listAudit, {
    query: { target: `reclaims/${carrierId}/shp-again` },
  });
  expect(items).toMatchObject([
    {
      action: 'reclaim.ask_again',
      reason,
      before: { state: 'refused', reason: 'carrier_silent' },
      after: { state: 'requested' },
    },
  ]);
  expect(codesOf(await refusedWith(askAgain('shp-again')))).toEqual(['reclaim.not_refused']);
});

it('what is the label’s own, or beside one that is open, is not asked for, nor by anybody but an operator', async () => {
  const labelId = await desk.bought('OWN');
  await chargedBeside(desk, labelId, 'SH-OWN', refusedReclaim);
  await chargedBeside(desk, labelId, 'shp-beside', refusedReclaim);
  expect(codesOf(await refusedWith(askAgain('SH-OWN')))).toEqual(['reclaim.own_shipment']);
  await desk.change(labelId, { state: 'unknown', shipmentRef: null });
  expect(codesOf(await refusedWith(askAgain('shp-beside')))).toEqual(['reclaim.label_open']);
  expect((await refusedWith(askAgain('shp-nobody'))).code).toBe('http.not_found');
  expect((await refusedWith(askAgain('shp-beside', desk.seller))).status).toBe(403);
  expect(await desk.messagesNamed('reclaim-charge')).toEqual([]);
});

it('reclaims of a carrier are listed page by page, by their state', async () => {
  const labelId = await desk.bought('LISTED');
  await chargedBeside(desk, labelId, 'zz-1', refusedReclaim);
  await chargedBeside(desk, labelId, 'zz-2', { state: 'given', refund: usd(10_00), endedAt: new Date() });
  await chargedBeside(desk, labelId, 'zz-3', refusedReclaim);
  const list = (query: object) =>
    desk.gateway.operator.call(routes.reclaims.listReclaims, {
      params: { carrierId },
      query: { cursor: 'zz', ...query },
    });
  const first = await list({ limit: 2 });
  expect(first).toMatchObject({ items: [{ shipmentRef: 'zz-1' }, { shipmentRef: 'zz-2' }], nextCursor: 'zz-2' });
  const { items, nextCursor } = await list({ state: 'refused' });
  expect(items.map(({ shipmentRef, problem }) => [shipmentRef, problem?.code])).toEqual([
    ['zz-1', 'reclaim.carrier_silent'],
    ['zz-3', 'reclaim.carrier_silent'],
  ]);
  expect(nextCursor).toBeNull();
});
