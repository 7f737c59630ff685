import { queueNames } from '@ge/contracts';
import {
  cancelBacklog,
  InquiryEntity,
  MailEntity,
  type MailRow,
  OrderEntity,
  type RowOf,
  requestMail,
  SellerEntity,
  ShippingTemplateEntity,
  startOperation,
} from '@ge/database';
import {
  type CountryCode,
  describeRefusal,
  type InquiryId,
  type OrderId,
  type SellerId,
  templateRefusals,
} from '@ge/domain';
import { sellerRow, templateRow } from '@ge/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Fleet, startFleet } from './fleet.ts';
import { addressOf, anInvitedSeller, invitationsOf, logOf, mailsOf, operation, start } from './scene.ts';

let fleet: Fleet;

beforeAll(async () => {
  fleet = await startFleet((recipient, attempt) => {
    if (recipient.startsWith('silent')) return 'accept and say nothing';
    if (recipient.startsWith('mumbling')) return attempt === 0 ? 'accept and say nothing' : 'accept';
    if (recipient.startsWith('unknown')) return { refuse: 550 };
    if (recipient.startsWith('busy')) return attempt < 3 ? { refuse: 451 } : 'accept';
    return 'accept';
  });
});

afterAll(() => fleet.stop());

/** A mail that reports something, owed to a new seller. */
async function aReport(id: string, kind: RowOf<typeof MailEntity>['kind'], params: MailRow['params'] = {}) {
  const sellerId = id as SellerId;
  const { mail, message } = requestMail({ sellerId, kind, params }, start);
  return fleet.database.transaction(async (tx) => {
    await tx.insert(SellerEntity, [sellerRow(id)]);
    await tx.insert(MailEntity, [mail]);
    return startOperation(tx, { kind: 'report', sellerId, now: start }, [message]);
  });
}

test('a mail whose answer is lost every time goes out twice with the same Message-ID, never more', async () => {
  await anInvitedSeller(fleet.database, 'silent');
  await fleet.run();
  const received = fleet.server.to(addressOf('silent'));
  expect(received).toHaveLength(2);
  expect(new Set(received.map((mail) => mail.messageId)).size).toBe(1);
  expect(received[0]).toEqual(received[1]);
  expect(await mailsOf(fleet.database, 'silent')).toMatchObject([{ state: 'abandoned', unknownOutcomes: 2, fence: 2 }]);
  expect((await invitationsOf(fleet.database, 'silent'))[0]).toMatchObject({ state: 'open', sentAt: null });
});

test('a mail whose answer was lost once is accepted at the second attempt', async () => {
  await anInvitedSeller(fleet.database, 'mumbling');
  await fleet.run();
  const received = fleet.server.to(addressOf('mumbling'));
  expect(received.map((mail) => mail.messageId)).toEqual([received[0]!.messageId, received[0]!.messageId]);
  expect(await mailsOf(fleet.database, 'mumbling')).toMatchObject([{ state: 'accepted', unknownOutcomes: 1 }]);
  expect((await invitationsOf(fleet.database, 'mumbling'))[0]).toMatchObject({ sentAt: start });
});

test('a refusal for good ends the job, is counted and keeps no address', async () => {
  const id = await aReport('unknown', 'deactivation-finished', { deactivatedTemplates: 1 });
  await fleet.run();
  expect(await operation(fleet.database, id)).toMatchObject({ state: 'closed', done: 1, counts: { mailsRefused: 1 } });
  const [mail] = await mailsOf(fleet.database, 'unknown');
  expect(mail).toMatchObject({ state: 'refused', endedAt: start });
  expect(mail!.reason).toMatch(/^550/);
  expect(mail!.reason).not.toContain('example.com');
});

test('a refusal for now is tried again until the server accepts', async () => {
  await anInvitedSeller(fleet.database, 'busy');
  await fleet.run();
  expect(fleet.server.to(addressOf('busy'))).toHaveLength(1);
  expect(await mailsOf(fleet.database, 'busy')).toMatchObject([{ state: 'accepted', fence: 4, unknownOutcomes: 0 }]);
});

test.each([
  { name: 'revoked', change: { state: 'revoked' as const }, reason: 'the invitation is revoked' },
  { name: 'taken', change: { state: 'accepted' as const }, reason: 'the invitation is accepted' },
  { name: 'lapsed', change: { expiresAt: start }, reason: 'the invitation has expired' },
])('an invitation that is $name meanwhile is not mailed any more (R1)', async ({ name, change, reason }) => {
  await anInvitedSeller(fleet.database, name, change);
  await fleet.run();
  expect(fleet.server.to(addressOf(name))).toEqual([]);
  expect(await mailsOf(fleet.database, name)).toMatchObject([{ state: 'abandoned', reason, fence: 0 }]);
  expect(await logOf(fleet.database, name)).toContainEqual({ name: 'send-mail', outcome: 'skip', reason });
});

test('the mail with the old link of a reissued invitation is not sent', async () => {
  await anInvitedSeller(fleet.database, 'reissued');
  await fleet.database.query(`update invitations set revision = 2 where seller_id = 'reissued'`);
  await fleet.run();
  expect(fleet.server.to(addressOf('reissued'))).toEqual([]);
});

test('the mail of a blocked enrollment names every blocked template with everything it misses (R3)', async () => {
  const missing = [
    templateRefusals.refusal('template.general_address_missing', '/generalAddress'),
    templateRefusals.refusal('template.domestic_missing', '/domesticShipping'),
  ];
  await aReport('blocked', 'enrollment-blocked', { enabledTemplates: 3, exportableSkus: 1200 });
  await fleet.database.transaction((tx) =>
    tx.insert(ShippingTemplateEntity, [
      templateRow('blocked', 'T-1', { name: 'Bulky', geState: 'blocked', blockedBy: missing }),
      templateRow('blocked', 'T-2', { name: 'Fragile', geState: 'blocked', blockedBy: missing.slice(1) }),
      templateRow('blocked', 'T-3', { name: 'Standard', geState: 'enabled' }),
    ]),
  );
  await fleet.run();
  const [mail] = fleet.server.to(addressOf('blocked'));
  expect(mail!.text).toContain('enabled in 3 shipping templates; 1,200 SKUs');
  for (const refusal of missing) {
    const { message, remedy } = describeRefusal(refusal, 'en-US');
    expect(mail!.text).toContain(message);
    expect(mail!.text).toContain(remedy);
  }
  expect(mail!.text).toMatch(/“Bulky”[\s\S]*“Fragile”/);
  expect(mail!.text).not.toContain('Standard');
});

test('the mail of a deactivation lists the pending GE orders that stay the seller’s duty (R21)', async () => {
  const order = (id: string, change: Partial<RowOf<typeof OrderEntity>>): RowOf<typeof OrderEntity> => ({
    id: id as OrderId,
    sellerId: 'leaving' as SellerId,
    isGlobalExpress: true,
    destination: 'FR' as CountryCode,
    shipTo: null,
    lines: [],
    state: 'pending',
    handlingDays: 2,
    shipBy: new Date('2026-03-06T04:59:59.999Z'),
    importFeeDeposit: null,
    payout: 'pending',
    payoutReason: null,
    regionSettingVersion: 0,
    suspensionVersion: 0,
    createdAt: start,
    confirmedAt: null,
    cancelledBy: null,
    countsAgainstSeller: null,
    refundedBy: null,
    refundedAt: null,
    ...change,
  });
  await aReport('leaving', 'deactivation-finished', { deactivatedTemplates: 2 });
  await fleet.database.transaction((tx) =>
    tx.insert(OrderEntity, [
      order('111-0000000-0000001', {}),
      order('111-0000000-0000002', { state: 'held' }),
      order('111-0000000-0000003', { state: 'confirmed' }),
      order('111-0000000-0000004', { isGlobalExpress: false }),
    ]),
  );
  await fleet.run();
  const [mail] = fleet.server.to(addressOf('leaving'));
  expect(mail!.text!.match(/111-0000000-000000\d/g)).toEqual(['111-0000000-0000001', '111-0000000-0000002']);
});

test('a denied inquiry is answered with the operator’s reason, read from the inquiry when the mail is sent (R2)', async () => {
  await fleet.database.transaction((tx) =>
    tx.insert(InquiryEntity, [
      {
        id: 'inq_1' as InquiryId,
        sellerId: 'denied' as SellerId,
        state: 'denied',
        message: 'May we join?',
        reason: 'Your account is under review until June.',
        createdAt: start,
        decidedAt: start,
      },
    ]),
  );
  await aReport('denied', 'inquiry-denied', { inquiryId: 'inq_1' });
  await fleet.run();
  expect(fleet.server.to(addressOf('denied'))[0]!.text).toContain('Your account is under review until June.');
});

test('a mail whose second claim ended with its process is given up: it may have gone out twice already', async () => {
  await anInvitedSeller(fleet.database, 'vanished');
  await fleet.database.query(
    `update mails set state = 'claimed', fence = 2, unknown_outcomes = 1, lease_until = now() - interval '1 second'
      where seller_id = 'vanished'`,
  );
  await fleet.run();
  expect(fleet.server.to(addressOf('vanished'))).toEqual([]);
  expect(await mailsOf(fleet.database, 'vanished')).toMatchObject([{ state: 'abandoned', unknownOutcomes: 2 }]);
});

test('a mail that somebody is sending is left to them until their claim ends, and counts as sent once', async () => {
  await anInvitedSeller(fleet.database, 'claimed');
  const [claim] = await fleet.database.query<{ lease_until: string }>(
    `update mails set state = 'claimed', fence = 1, lease_until = now() + interval '1 second'
      where seller_id = 'claimed' returning lease_until`,
  );
  await fleet.run();
  expect(fleet.server.to(addressOf('claimed'))).toHaveLength(1);
  expect(await mailsOf(fleet.database, 'claimed')).toMatchObject([{ state: 'accepted', fence: 2, unknownOutcomes: 1 }]);
  expect(Date.now()).toBeGreaterThanOrEqual(new Date(claim!.lease_until).getTime());
});

test('a mail whose seller has the backlog cancelled is not sent, and says why', async () => {
  const id = await aReport('flooded', 'enrollment-finished');
  const wanted = { sellerId: 'flooded', queues: queueNames, reason: 'under review', dryRun: false };
  const { jobs } = await fleet.database.transaction((tx) => cancelBacklog(tx, wanted));
  expect(jobs).toEqual([{ queue: 'enrollment-invitations', name: 'send-mail', cancelled: 1, kept: {} }]);
  await fleet.run();
  expect(fleet.server.to(addressOf('flooded'))).toEqual([]);
  expect(await mailsOf(fleet.database, 'flooded')).toMatchObject([
    { state: 'abandoned', reason: 'cancelled by operations', endedAt: start },
  ]);
  expect(await operation(fleet.database, id)).toMatchObject({ state: 'closed', cancelled: 1 });
});
