import { createClient, routes } from '@ge/api';
import { ChargeReclaimEntity, StatementDifferenceEntity, StatementLineEntity } from '@ge/database';
import type { LabelId, Locale, Money, OrderId, ReclaimState, SellerId } from '@ge/domain';
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
    expect(items).toMatchObject([
      { kind: 'charged_again', reference: 'lbl_1', lineNo: 2, theirs: usd(10_00), reclaim: null },
    ]);
  });

  it('says of a difference whether its charge was asked back, given or refused, and why, in the language of the reader', async () => {
    const carrierId = 'simulator-parcel';
    const difference = {
      carrierId,
      kind: 'charged_again' as const,
      reference: 'lbl_1',
      theirs: usd(10_00),
      ours: usd(9_00),
    };
    const seenAt = new Date();
    const of = { labelId: 'lbl_1' as LabelId, orderId: 'o' as OrderId, sellerId: 's' as SellerId, carrierId };
    const asked = { ...of, charged: usd(10_00), fence: 1, leaseUntil: null, unanswered: 0, requestedAt: seenAt };
    const reclaim = (shipmentRef: string, state: ReclaimState, refund: Money | null, reason: string | null) => {
      const endedAt = state === 'sent' ? null : seenAt;
      return { ...asked, shipmentRef, state, refund, reason, sentAt: seenAt, endedAt };
    };
    await desk.gateway.database.transaction(async (tx) => {
      const lines = [1, 2, 3].map((lineNo) => ({ subject: `line/${lineNo}`, lineNo, seenAt, settledAt: null }));
      const charge = { carrierId, kind: 'charge' as const, reference: 'lbl_1', ...usd(10_00), at: seenAt };
      await tx.insert(
        StatementLineEntity,
        lines.map(({ lineNo }) => ({ ...charge, lineNo, shipmentRef: `shp-${lineNo}` })),
      );
      await tx.insert(
        StatementDifferenceEntity,
        lines.map((line) => ({ ...difference, ...line })),
      );
      await tx.insert(ChargeReclaimEntity, [
        reclaim('shp-1', 'sent', null, null),
        reclaim('shp-2', 'given', usd(10_00), null),
        reclaim('shp-3', 'refused', null, 'carrier_silent'),
      ]);
    });
    const { baseUrl, operatorKey: apiKey } = desk.gateway;
    const seen = async (locale: Locale) => {
      const client = createClient({ baseUrl, apiKey, locale });
      return (await client.call(routes.ledger.listDifferences, { params: { carrierId } })).items;
    };
    expect(await seen('en-US')).toMatchObject([
      { lineNo: 1, reclaim: { state: 'sent', refund: null, problem: null, endedAt: null } },
      { lineNo: 2, reclaim: { state: 'given', refund: usd(10_00), problem: null } },
      { lineNo: 3, reclaim: { state: 'refused', problem: { code: 'reclaim.carrier_silent', rule: 'R23' } } },
    ]);
    expect((await seen('zh-CN'))[2]?.reclaim?.problem?.message).toMatch(/未答复/);
  });
});
