import { routes } from '@ge/api';
import { fanOutSuspensions, holdOrders } from '@ge/contracts';
import {
  drawSuspensionVersion,
  newId,
  outgoing,
  readSuspensions,
  SuspensionEntity,
  startOperation,
  suspensionsPage,
  type Transaction,
} from '@ge/database';
import { liftSuspension, type Suspension, type SuspensionId, suspendDestination } from '@ge/domain';
import { acceptedBody } from '../http/accepted.ts';
import { handle } from '../http/handler.ts';
import { pageOf } from '../http/pages.ts';
import { decided, found } from '../http/refused.ts';

/** Makes a change of the list visible in every template, and lets the open orders follow it (R13). */
const owe = (tx: Transaction, kind: string, { destination, version }: Suspension, now: Date) =>
  startOperation(tx, { kind, sellerId: null, now }, [
    outgoing(fanOutSuspensions, { payload: { version }, sellerId: null }),
    outgoing(holdOrders, { payload: { destination, version }, sellerId: null }),
  ]);

export const suspend = handle(routes.suspensions.suspend, async ({ tx, body, now, locale }) => {
  const version = await drawSuspensionVersion(tx);
  const { active } = await readSuspensions(tx);
  const command = { id: newId<SuspensionId>('sus'), ...body };
  const suspension = decided(suspendDestination(command, { active, version: version - 1 }, now));
  await tx.insert(SuspensionEntity, [suspension]);
  const operationId = await owe(tx, 'suspend-destination', suspension, now);
  return { status: 202, body: { ...acceptedBody(operationId, [], locale), suspension } };
});

export const lift = handle(routes.suspensions.lift, async ({ tx, params, now, locale }) => {
  const version = await drawSuspensionVersion(tx);
  const suspension = found((await tx.lock(SuspensionEntity, [params.suspensionId]))[0]);
  const lifted = decided(liftSuspension(suspension, version - 1, now));
  await tx.update(SuspensionEntity, [lifted]);
  const operationId = await owe(tx, 'lift-suspension', lifted, now);
  return { status: 202, body: { ...acceptedBody(operationId, [], locale), suspension: lifted } };
});

export const listSuspensions = handle(routes.suspensions.listSuspensions, async ({ tx, query }) => {
  const { cursor: after = null, limit, state = null } = query;
  const rows = await suspensionsPage(tx, { after, limit: limit + 1, state });
  return { status: 200, body: pageOf(rows, limit, ({ id }) => id) };
});
