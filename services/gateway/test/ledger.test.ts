import { routes } from '@ge/api';
import { StatementDifferenceEntity } from '@ge/database';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { refusedWith } from './refusedWith.ts';
import { tradeDesk } from './tradeDesk.ts';
import { usd } from './tradeFixture.ts';

const desk = tradeDesk();
beforeAll(() => desk.open());
afterAll(() => desk.close());
beforeEach(() => desk.nextShop());

const express = { carrierId: 'simulator-express' };
const ledgerOf = (orderId: string, client = desk.seller) =>
  client.call(routes.ledger.getOrderLedger, { params: { orderId } });

describe('the ledger', () => {
  it('holds an import fee deposit from the order on, and gives it back when the order is cancelled (R23)', async () => {
    const orderId = await desk.newOrder({ importFeeDeposit: usd(12_50) });
    const taken = await ledgerOf(orderId);
    expect(taken).toMatchObject({
      items: [{ kind: 'import_fee_deposit', debit: 'buyer', credit: 'import_fee_deposits', amount: usd(12_50) }],
      deposit: { held: [usd(12_50)] },
    });
    await desk.seller.call(routes.orders.cancelOrder, { params: { orderId }, body: {} });
    const given = await ledgerOf(orderId);
    expect(given.items.map(({ kind, amount }) => [kind, amount.minor])).toEqual([
      ['import_fee_deposit', 12_50],
      ['deposit_surplus', 12_50],
    ]);
    expect(given.deposit.held).toEqual([]);
    const other = await desk.gateway.clientOf('seller', 'somebody-else');
    expect((await refusedWith(ledgerOf(orderId, other))).code).toBe('http.not_found');
  });

  it('is compared with what a carrier bills when operators ask for it, once under one key', async () => {
    const { operator } = desk.gateway;
    const reconcile = (carrierId: string, idempotencyKey: string) =>
      operator.call(routes.ledger.reconcileCarrier, { params: { carrierId }, idempotencyKey });
    const { operationId } = await reconcile(express.carrierId, 'today');
    expect((await reconcile(express.carrierId, 'today')).operationId).toBe(operationId);
    expect((await refusedWith(reconcile('simulator-parcel', 'today'))).code).toBe('http.idempotency_conflict');
    expect((await refusedWith(reconcile('carrier-nobody', 'other'))).code).toBe('http.not_found');
    const owed = await desk.gateway.database.query(`select payload from messages where name = 'reconcile-carrier'`);
    expect(owed).toEqual([{ payload: express }]);
    expect(await operator.call(routes.ledger.getStatement, { params: express })).toMatchObject({
      lastLineNo: 0,
      readAt: null,
    });
  });

  it('lists what differs and not what no longer does', async () => {
    const row = { ...express, kind: 'charged_again' as const, reference: 'lbl_1', theirs: usd(10_00), ours: usd(9_00) };
    const seenAt = new Date();
    await desk.gateway.database.transaction((tx) =>
      tx.insert(StatementDifferenceEntity, [
        { ...row, subject: 'line/1', lineNo: 1, seenAt, settledAt: seenAt },
        { ...row, subject: 'line/2', lineNo: 2, seenAt, settledAt: null },
      ]),
    );
    const { items } = await desk.gateway.operator.call(routes.ledger.listDifferences, { params: express });
    expect(items).toMatchObject([{ kind: 'charged_again', reference: 'lbl_1', lineNo: 2, theirs: usd(10_00) }]);
  });
});
