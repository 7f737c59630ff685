import { routes } from '@ge/api';
import { findOperation, type OperationRow, operationsOfSeller } from '@ge/database';
import type { Locale, OperationId, SellerId } from '@ge/domain';
import { sees } from '../http/access.ts';
import { handle } from '../http/handler.ts';
import { pageOf } from '../http/pages.ts';
import { found, NotFound } from '../http/refused.ts';
import { statesOf } from '../streams/statesOf.ts';
import { resultInWords } from './resultInWords.ts';

const shown = (row: OperationRow, locale: Locale) => ({
  ...row,
  result: resultInWords(row.result, locale),
  id: row.id as OperationId,
  sellerId: row.sellerId as SellerId | null,
});

export const getOperation = handle(routes.operations.getOperation, async ({ tx, params, access, locale }) => {
  const operation = found(await findOperation(tx, params.operationId));
  if (!sees(access, operation.sellerId)) throw new NotFound();
  return { status: 200, body: shown(operation, locale) };
});

/** Grows with everything that is counted; sums of `counts` may stand still while an item's outcome changes. */
const progressOf = ({ total, done, failed, cancelled, fannedOut, state, counts }: OperationRow): number =>
  total +
  done +
  failed +
  cancelled +
  Number(fannedOut) +
  Number(state === 'closed') +
  Object.values(counts).reduce((sum, amount) => sum + amount, 0);

export const followOperation = handle(
  routes.operations.followOperation,
  async ({ tx, params, access, surroundings, locale }) => {
    const operation = found(await findOperation(tx, params.operationId));
    if (!sees(access, operation.sellerId)) throw new NotFound();
    const { operations } = surroundings.streams;
    const event = (row: OperationRow) => ({
      id: String(progressOf(row)),
      data: shown(row, locale),
      isLast: row.state === 'closed',
    });
    return { status: 200, events: (signal) => statesOf(operations, operation, event, signal) };
  },
);

export const listOperations = handle(routes.operations.listOperations, async ({ tx, params, query, locale }) => {
  const { state = null, cursor = null, limit } = query;
  const rows = await operationsOfSeller(tx, { sellerId: params.sellerId, state, before: cursor, limit: limit + 1 });
  return {
    status: 200,
    body: pageOf(
      rows,
      limit,
      ({ id }) => id,
      (row) => shown(row, locale),
    ),
  };
});
