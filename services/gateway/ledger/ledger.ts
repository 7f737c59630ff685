import { routes } from '@ge/api';
import { reconcileCarrier as contract } from '@ge/contracts';
import {
  findStatement,
  openDifferences,
  outgoing,
  reclaimsOfLines,
  startOperation,
  transfersOfOrders,
} from '@ge/database';
import { balanceOf, statementRefusals } from '@ge/domain';
import { carrierNamed } from '../carriers/carrierNamed.ts';
import { acceptedBody } from '../http/accepted.ts';
import { handle } from '../http/handler.ts';
import { pageOf } from '../http/pages.ts';
import { Refused } from '../http/refused.ts';
import { orderSeen } from '../orders/orderSeen.ts';
import { reclaimShown } from './reclaimShown.ts';

export const getOrderLedger = handle(routes.ledger.getOrderLedger, async ({ tx, access, params }) => {
  const order = await orderSeen(tx, access, params.orderId);
  const transfers = await transfersOfOrders(tx, [order.id]);
  const items = transfers.map(({ minor, currency, ...transfer }) => ({ ...transfer, amount: { minor, currency } }));
  const held = [...balanceOf('import_fee_deposits', transfers).values()];
  return { status: 200, body: { items, deposit: { held } } };
});

export const reconcileCarrier = handle(
  routes.ledger.reconcileCarrier,
  async ({ tx, params: { carrierId }, surroundings, now, locale }) => {
    const { profile } = carrierNamed(surroundings, carrierId);
    if (!profile.givesStatement)
      throw new Refused([statementRefusals.refusal('statement.not_given', '', { carrierId })]);
    const message = outgoing(contract, { payload: { carrierId }, sellerId: null });
    const operationId = await startOperation(tx, { kind: contract.name, sellerId: null, now }, [message]);
    return { status: 202, body: acceptedBody(operationId, [], locale) };
  },
);

export const getStatement = handle(routes.ledger.getStatement, async ({ tx, params: { carrierId }, surroundings }) => {
  const { profile } = carrierNamed(surroundings, carrierId);
  const { lastLineNo = 0, readAt = null } = (await findStatement(tx, carrierId)) ?? {};
  return { status: 200, body: { carrierId, given: profile.givesStatement, lastLineNo, readAt } };
});

export const listDifferences = handle(
  routes.ledger.listDifferences,
  async ({ tx, params: { carrierId }, query, surroundings, locale }) => {
    carrierNamed(surroundings, carrierId);
    const rows = await openDifferences(tx, carrierId, query.cursor ?? '', query.limit + 1);
    const lineNos = rows.flatMap(({ lineNo }) => lineNo ?? []);
    const reclaims = await reclaimsOfLines(tx, carrierId, lineNos);
    const { items, nextCursor } = pageOf(rows, query.limit, ({ subject }) => subject);
    const shown = items.map((row) => {
      const reclaim = row.lineNo === null ? undefined : reclaims.get(row.lineNo);
      return { ...row, reclaim: reclaim ? reclaimShown(reclaim, locale) : null };
    });
    return { status: 200, body: { items: shown, nextCursor } };
  },
);
