import { routes } from '@ge/api';
import { firstScansOf, labelsOfOrders } from '@ge/database';
import { judgeSafeguards, type SafeguardVerdict } from '@ge/domain';
import { findingsOf } from '../http/accepted.ts';
import { handle } from '../http/handler.ts';
import { orderSeen } from '../orders/orderSeen.ts';
import { readSeller } from '../sellers/lockSeller.ts';

export const getSafeguards = handle(routes.safeguards.getSafeguards, async ({ tx, access, params, locale }) => {
  const order = await orderSeen(tx, access, params.orderId);
  const seller = await readSeller(tx, order.sellerId);
  const labels = await labelsOfOrders(tx, [order.id]);
  const firstScans = await firstScansOf(
    tx,
    labels.map(({ id }) => id),
  );
  const verdicts = judgeSafeguards(order, { labels, firstScans }, seller.timeZone);
  const shown = ({ checklist, ...verdict }: SafeguardVerdict) => ({
    ...verdict,
    checklist: checklist.map((item) => ({ ...item, reasons: findingsOf(item.reasons, locale) })),
  });
  return {
    status: 200,
    body: {
      orderId: order.id,
      negative_feedback: shown(verdicts.negative_feedback),
      a_to_z_claim: shown(verdicts.a_to_z_claim),
      valid_tracking_rate: shown(verdicts.valid_tracking_rate),
    },
  };
});
