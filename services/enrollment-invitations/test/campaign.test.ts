import { EnrollmentEntity, InvitationEntity } from '@ge/database';
import type { CountryCode, SellerId } from '@ge/domain';
import { readEnrollmentClaim, verifyEnrollmentToken } from '@ge/mailer';
import { sellerRow } from '@ge/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Fleet, startFleet } from './fleet.ts';
import {
  addressOf,
  dayMs,
  invitationRow,
  invitationsOf,
  links,
  mailsOf,
  operation,
  putSellers,
  start,
  startCampaign,
} from './scene.ts';

const eligible = Array.from({ length: 23 }, (_, no) => `us-${String(no).padStart(2, '0')}`);
const enrollment = (sellerId: string, state: 'active' | 'deactivated') => ({
  sellerId: sellerId as SellerId,
  state,
  commandNo: 1,
  templateScope: null,
  operationId: null,
  enrolledAt: start,
  closedAt: start,
});

let fleet: Fleet;
let operationId: string;

beforeAll(async () => {
  fleet = await startFleet();
  await putSellers(fleet.database, [
    ...eligible.map((id, no) => sellerRow(id, { locale: no % 2 ? 'zh-CN' : 'en-US' })),
    sellerRow('cn-0', { country: 'CN' as CountryCode }),
    sellerRow('de-0', { country: 'DE' as CountryCode }),
    sellerRow('us-enrolled'),
    sellerRow('us-left'),
    sellerRow('us-invited'),
    sellerRow('us-lapsed'),
  ]);
  await fleet.database.transaction(async (tx) => {
    await tx.insert(EnrollmentEntity, [enrollment('us-enrolled', 'active'), enrollment('us-left', 'deactivated')]);
    await tx.insert(InvitationEntity, [
      invitationRow('us-invited'),
      invitationRow('us-lapsed', { expiresAt: new Date(start.getTime() - dayMs) }),
    ]);
  });
  operationId = await startCampaign(fleet.database, 'cmp_one');
  await fleet.run();
});

afterAll(() => fleet.stop());

test('every eligible seller is invited once and every other one counted with its reason (R1)', async () => {
  for (const id of [...eligible, 'us-left', 'us-lapsed']) {
    const open = (await invitationsOf(fleet.database, id)).filter((row) => row.state === 'open');
    expect(open, id).toMatchObject([{ campaignId: 'cmp_one', revision: 1, sentAt: start }]);
    expect(fleet.server.to(addressOf(id)), id).toHaveLength(1);
  }
  expect(fleet.server.mails).toHaveLength(25);
  expect(await operation(fleet.database, operationId)).toMatchObject({
    state: 'closed',
    total: 26,
    done: 26,
    counts: { invited: 25, skippedNotUs: 2, skippedEnrolled: 1, skippedInvited: 1, mailsAccepted: 25 },
  });
  expect(await fleet.database.query(`select state from campaigns`)).toEqual([{ state: 'done' }]);
});

test('an invitation past its time is ended before the next one is opened', async () => {
  const states = (await invitationsOf(fleet.database, 'us-lapsed')).map((row) => row.state);
  expect(states.sort()).toEqual(['expired', 'open']);
});

test('each mail carries a link of its own that verifies, in the language of the seller (R1)', async () => {
  const seen = new Set<string>();
  for (const [no, id] of eligible.entries()) {
    const [mail] = fleet.server.to(addressOf(id));
    expect(mail!.subject).toBe(no % 2 ? '邀请您加入全球快递计划' : 'Your invitation to Global Express');
    const url = new URL(/https:\/\/export\.example\/programme\/enroll\S+/.exec(mail!.text!)![0]);
    const claim = readEnrollmentClaim(Object.fromEntries(url.searchParams))!;
    expect(verifyEnrollmentToken(claim, links.secrets)).toBe(true);
    expect((await invitationsOf(fleet.database, id))[0]!.id).toBe(claim.invitationId);
    seen.add(claim.token);
  }
  expect(seen.size).toBe(eligible.length);
});

test('no token, name or address is kept in what is owed, in the history or in the mails’ rows', async () => {
  const kept = await fleet.database.query<{ text: string }>(
    `select (select coalesce(json_agg(m)::text, '') from messages m)
         || (select coalesce(json_agg(l)::text, '') from message_log l)
         || (select json_agg(x)::text from mails x) as text`,
  );
  expect(kept[0]!.text).toContain('remind-invitation');
  expect(kept[0]!.text).not.toMatch(/example\.com|Seller us-|token/);
});

test('a second campaign invites nobody twice', async () => {
  const again = await startCampaign(fleet.database, 'cmp_two');
  await fleet.run();
  expect((await operation(fleet.database, again)).counts).toEqual({
    skippedInvited: 26,
    skippedNotUs: 2,
    skippedEnrolled: 1,
  });
  expect(fleet.server.mails).toHaveLength(25);
});

test('the reminder goes out on the seventh day with the same link, the end comes on the fourteenth (R1)', async () => {
  const [first] = fleet.server.to(addressOf('us-00'));
  const link = /https:\/\/export\.example\S+/.exec(first!.text!)![0];
  await fleet.database.query(`update invitations set state = 'accepted', ended_at = now() where seller_id = 'us-01'`);

  fleet.clock.pass(6);
  await fleet.run();
  expect(fleet.server.mails).toHaveLength(25);

  fleet.clock.pass(1);
  await fleet.run();
  const [, reminder, ...more] = fleet.server.to(addressOf('us-00'));
  expect(more).toEqual([]);
  expect(reminder!.subject).toBe('Reminder: your invitation to Global Express is still open');
  expect(reminder!.text).toContain(link);
  expect(fleet.server.to(addressOf('us-01'))).toHaveLength(1);
  expect((await invitationsOf(fleet.database, 'us-00'))[0]).toMatchObject({ remindedAt: fleet.clock.now() });

  fleet.clock.pass(7);
  await fleet.run();
  expect((await invitationsOf(fleet.database, 'us-00'))[0]).toMatchObject({
    state: 'expired',
    endedAt: fleet.clock.now(),
  });
  expect((await invitationsOf(fleet.database, 'us-01'))[0]).toMatchObject({ state: 'accepted' });
  expect((await mailsOf(fleet.database, 'us-00')).map((mail) => mail.state)).toEqual(['accepted', 'accepted']);
  expect(await fleet.database.query('select 1 from messages')).toEqual([]);
});
