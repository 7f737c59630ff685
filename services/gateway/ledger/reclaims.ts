import { routes } from '@ge/api';
import { reclaimCharge as contract } from '@ge/contracts';
import {
  bookTransfers,
  ChargeReclaimEntity,
  LabelPurchaseEntity,
  outgoing,
  reclaimPage,
  startOperation,
  type Transaction,
} from '@ge/database';
import { type ChargeReclaim, chargeFurther, askAgain as decide } from '@ge/domain';
import { writeAudit } from '../audit/writeAudit.ts';
import { carrierNamed } from '../carriers/carrierNamed.ts';
import { acceptedBody } from '../http/accepted.ts';
import { handle } from '../http/handler.ts';
import { pageOf } from '../http/pages.ts';
import { decided, found } from '../http/refused.ts';
import { reclaimShown } from './reclaimShown.ts';

export const listReclaims = handle(
  routes.reclaims.listReclaims,
  async ({ tx, params: { carrierId }, query, surroundings, locale }) => {
    carrierNamed(surroundings, carrierId);
    const rows = await reclaimPage(tx, carrierId, query.state ?? null, query.cursor ?? '', query.limit + 1);
    const body = pageOf(
      rows,
      query.limit,
      ({ shipmentRef }) => shipmentRef,
      (row) => reclaimShown(row, locale),
    );
    return { status: 200, body };
  },
);

export const askAgain = handle(routes.reclaims.askAgain, async (call) => {
  const { tx, params, body, surroundings, now, locale } = call;
  const carrierId = carrierNamed(surroundings, params.carrierId).profile.id;
  const { reclaim, label } = await lockReclaim(tx, carrierId, params.shipmentRef);
  const asked = decided(decide(reclaim, label));
  await tx.update(ChargeReclaimEntity, [asked], ['state', 'reason', 'unanswered', 'endedAt']);
  // Of one that an older version opened the charge is not booked yet.
  await bookTransfers(tx, chargeFurther(asked, now));
  const { sellerId, labelId, shipmentRef } = asked;
  const message = outgoing(contract, { payload: { sellerId, labelId, carrierId, shipmentRef }, sellerId });
  const operationId = await startOperation(tx, { kind: contract.name, sellerId: null, now }, [message]);
  await writeAudit(call, {
    action: 'reclaim.ask_again',
    target: `reclaims/${carrierId}/${shipmentRef}`,
    before: stated(reclaim),
    after: stated(asked),
    reason: body.reason,
  });
  return { status: 202, body: { ...acceptedBody(operationId, [], locale), reclaim: reclaimShown(asked, locale) } };
});

const stated = ({ state, reason, endedAt }: ChargeReclaim) => ({ state, reason, endedAt });

/** A reclaim and its label, locked in the order in which the job that asks locks them. Throws NotFound. */
async function lockReclaim(tx: Transaction, carrierId: string, shipmentRef: string) {
  const key = [carrierId, shipmentRef] as const;
  const { labelId } = found((await tx.find(ChargeReclaimEntity, [key]))[0]);
  const [label] = await tx.lock(LabelPurchaseEntity, [labelId]);
  const [reclaim] = await tx.lock(ChargeReclaimEntity, [key]);
  return { label: found(label), reclaim: found(reclaim) };
}
