import {
  dropOldHistory,
  dropOldIdempotencyKeys,
  dropOldQuotes,
  ensureHistoryPartitions,
  eraseAddresses,
  rescreenSkus,
} from '@ge/database';
import { isAddressDue, screeningStamp, screenSku } from '@ge/domain';
import { describeFailure, type ServiceContext } from '@ge/runtime';
import type { RelayConfig } from './config.ts';

const historyDays = 14;
/** How long a write can be repeated under its key. */
const idempotencyDays = 30;
/** No offer can be bought for as long as that. */
const quoteDays = 1;
const rowsAtOnce = 500;
const dayMs = 86_400_000;

/**
 * Makes room for the history to come and removes what has been kept long enough: history, answers under idempotency keys,
 * quotes, buyers' addresses. Where the screening tables have turned, verdicts follow them (R5). One part that fails keeps none
 * of the others from being done. Returns whether all were.
 */
export async function keepHouse({
  database,
  clock,
  config,
  logger,
  stopping,
}: ServiceContext<RelayConfig>): Promise<boolean> {
  const now = clock.now();
  const days = config.ADDRESS_RETENTION_DAYS;
  const attempt = (work: () => Promise<unknown>, failed: string) =>
    work().then(
      () => true,
      (error: unknown) => {
        logger.warn({ failure: describeFailure(error) }, failed);
        return false;
      },
    );
  const history = await attempt(async () => {
    await ensureHistoryPartitions(database, now);
    await dropOldHistory(database, now, historyDays);
  }, 'the history could not be kept in order');
  const answers = await attempt(async () => {
    await dropOldIdempotencyKeys(database, now, idempotencyDays, rowsAtOnce);
    await dropOldQuotes(database, now, quoteDays, rowsAtOnce);
  }, 'old answers and quotes could not be deleted');
  const addresses = await attempt(
    () =>
      eraseAddresses(database, new Date(now.getTime() - days * dayMs), rowsAtOnce, (order) =>
        isAddressDue(order, days, now),
      ),
    'old addresses could not be erased',
  );
  const verdicts = await attempt(
    () =>
      rescreenSkus(database, {
        stamp: screeningStamp(now),
        screen: (row) => {
          const { sku } = screenSku(row, row.exportData, now);
          return sku === row ? row : { ...row, ...sku };
        },
        size: rowsAtOnce,
        stopping,
      }),
    'SKUs could not be screened anew',
  );
  return history && answers && addresses && verdicts;
}
