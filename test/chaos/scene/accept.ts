import {
  assignSkus,
  deactivateTemplate,
  fanOutRegionSetting,
  fanOutSuspensions,
  holdOrders,
  propagateDeactivation,
  propagateEnrollment,
} from '@ge/contracts';
import {
  appendMessages,
  courseOf,
  drawCommandNo,
  drawSuspensionVersion,
  EnrollmentEntity,
  findSeller,
  InvitationEntity,
  lockEnrollments,
  MailEntity,
  newId,
  outgoing,
  RegionSettingEntity,
  readSuspensions,
  requestMail,
  SellerEntity,
  type SellerRow,
  SuspensionEntity,
  startOperation,
  type Transaction,
} from '@ge/database';
import {
  type Decision,
  type InvitationId,
  liftSuspension,
  openInvitation,
  type SellerId,
  type SuspensionId,
  saveRegionSetting,
  suspendDestination,
} from '@ge/domain';
import type { Accepted, Answer } from './accepted.ts';
import { acceptConfirmations, acceptFeed } from './acceptFeed.ts';
import { acceptLabel, type LabelDesk } from './acceptLabel.ts';
import type { Command } from './command.ts';
import { itemsOf } from './files.ts';
import { guestId, sellerId, templateId } from './market.ts';

/**
 * Accepts one command as its producer does: state, operation and messages in one transaction. Null where the programme
 * refuses it, as it does a second suspension of what is suspended.
 */
export async function accept(
  tx: Transaction,
  command: Command,
  { at, desk }: { readonly at: Date; readonly desk: LabelDesk },
): Promise<Accepted | null> {
  if (command.kind === 'suspend') return acceptSuspension(tx, command, at);
  if (command.kind === 'invite') return acceptInvitation(tx, command, at);
  const id = sellerId(command.seller);
  const [seller] = await tx.lock(SellerEntity, [id]);
  const no = await drawCommandNo(tx, id);
  const answer = await acceptOfSeller(tx, command, { seller: seller!, no, at, desk });
  return { command, no, at, answer };
}

type OfSeller = Exclude<Command, { kind: 'suspend' | 'invite' }>;

interface Given {
  /** Locked. */
  readonly seller: SellerRow;
  readonly no: number;
  readonly at: Date;
  readonly desk: LabelDesk;
}

async function acceptOfSeller(tx: Transaction, command: OfSeller, given: Given): Promise<Answer> {
  const { seller, no, at, desk } = given;
  const payload = { sellerId: seller.id, commandNo: no };
  const about = { sellerId: seller.id, commandNo: no };
  const start = { kind: command.kind, sellerId: seller.id, now: at };
  switch (command.kind) {
    case 'enroll':
      return enroll(tx, seller.id, no, at);
    case 'leave':
      return { operationId: await startOperation(tx, start, [outgoing(propagateDeactivation, { payload, ...about })]) };
    case 'deactivate': {
      const of = { ...payload, templateId: templateId(seller.id, command.template) };
      return {
        operationId: await startOperation(tx, start, [outgoing(deactivateTemplate, { payload: of, ...about })]),
      };
    }
    case 'exclude': {
      const { setting, seller: next } = granted(saveRegionSetting(seller, command.destinations, no, at));
      await tx.insert(RegionSettingEntity, [setting]);
      await tx.update(SellerEntity, [{ ...seller, ...next }], ['regionSettingVersion']);
      const of = { sellerId: seller.id, version: setting.version };
      return {
        operationId: await startOperation(tx, start, [outgoing(fanOutRegionSetting, { payload: of, ...about })]),
      };
    }
    case 'assign': {
      const items = itemsOf(seller.id, command.placings);
      return {
        operationId: await startOperation(tx, start, [
          outgoing(assignSkus, { payload: { ...payload, items }, ...about }),
        ]),
      };
    }
    case 'feed':
      return acceptFeed(tx, seller.id, command.placings, no, at);
    case 'confirm':
      return acceptConfirmations(tx, seller.id, no, at);
    case 'label':
      return acceptLabel(tx, desk, seller, command.order, at);
  }
}

async function enroll(tx: Transaction, id: SellerId, no: number, at: Date): Promise<Answer> {
  const [enrollment] = await lockEnrollments(tx, [id]);
  const message = outgoing(propagateEnrollment, {
    payload: { sellerId: id, commandNo: no },
    sellerId: id,
    commandNo: no,
  });
  const operationId = await startOperation(tx, { kind: 'enroll', sellerId: id, now: at }, [message]);
  const next = { state: 'propagating', commandNo: no, templateScope: null, operationId, closedAt: null } as const;
  const row = { sellerId: id, ...next, enrolledAt: at };
  if (enrollment) await tx.update(EnrollmentEntity, [row]);
  else await tx.insert(EnrollmentEntity, [row]);
  return { operationId };
}

async function acceptSuspension(
  tx: Transaction,
  command: Extract<Command, { kind: 'suspend' }>,
  at: Date,
): Promise<Accepted | null> {
  const { destination } = command;
  const { active, version: before } = await readSuspensions(tx);
  const found = active.find((suspension) => suspension.destination === destination);
  const changed = command.active
    ? suspendDestination(
        { id: newId<SuspensionId>('sus'), destination, reason: 'carrier stop' },
        { active, version: before },
        at,
      )
    : found && liftSuspension(found, before, at);
  if (!changed?.ok) return null;
  const version = await drawSuspensionVersion(tx);
  if (command.active) await tx.insert(SuspensionEntity, [changed.value]);
  else await tx.update(SuspensionEntity, [changed.value]);
  const operationId = await startOperation(tx, { kind: 'suspend', sellerId: null, now: at }, [
    outgoing(fanOutSuspensions, { payload: { version }, sellerId: null }),
    outgoing(holdOrders, { payload: { destination, version }, sellerId: null }),
  ]);
  return { command, no: version, at, answer: { operationId } };
}

async function acceptInvitation(
  tx: Transaction,
  command: Extract<Command, { kind: 'invite' }>,
  at: Date,
): Promise<Accepted> {
  const seller = (await findSeller(tx, guestId(command.guest)))!;
  const ids = { id: newId<InvitationId>('inv'), campaignId: null };
  const invitation = granted(openInvitation(ids, { seller, enrollment: null, openInvitation: null }, at));
  const { mail, message } = requestMail({ sellerId: seller.id, kind: 'invitation', invitation }, at);
  await tx.insert(InvitationEntity, [invitation]);
  await tx.insert(MailEntity, [mail]);
  await appendMessages(tx, courseOf(invitation));
  const operationId = await startOperation(tx, { kind: 'invite', sellerId: seller.id, now: at }, [message]);
  return { command, no: 0, at, answer: { operationId } };
}

function granted<T>(decision: Decision<T>): T {
  if (!decision.ok) throw new Error(JSON.stringify(decision.refusals));
  return decision.value;
}
