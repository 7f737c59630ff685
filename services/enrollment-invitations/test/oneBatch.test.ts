import { expireInvitation as expiry, remindInvitation as reminder } from '@ge/contracts';
import {
  appendMessages,
  type Database,
  InvitationEntity,
  MailEntity,
  type Outgoing,
  outgoing,
  requestMail,
  SellerEntity,
} from '@ge/database';
import type { SellerId } from '@ge/domain';
import { createMailer } from '@ge/mailer';
import { answeredTogether, inOneBatchAndInTurn, sellerRow } from '@ge/testkit';
import { expect, test } from 'vitest';
import { expireInvitation } from '../expireInvitation.ts';
import { remindInvitation } from '../remindInvitation.ts';
import { sendMail } from '../sendMail.ts';
import { startMailServer } from './mailServer.ts';
import { invitationRow, links, start, TestClock } from './scene.ts';

const sellerId = 'S-1' as SellerId;
const invitation = invitationRow(sellerId, { sentAt: start });
const payload = { invitationId: invitation.id, revision: invitation.revision };

const owe = (database: Database, messages: readonly Outgoing[], invited = invitation) =>
  database.transaction(async (tx) => {
    await tx.insert(SellerEntity, [sellerRow(sellerId)]);
    await tx.insert(InvitationEntity, [invited]);
    await appendMessages(tx, messages);
  });

const leftIn = async (database: Database) => ({
  invitations: await database.query('select * from invitations'),
  mails: await database.query('select kind, state, fence, revision from mails order by kind'),
  log: await database.query('select name, outcome, reason from message_log order by message_id'),
});

const clockAfter = (days: number) => {
  const clock = new TestClock();
  clock.pass(days);
  return clock;
};

test('an invitation is reminded of once, however many jobs ask for it, in one batch or one after another (R1)', async () => {
  const { inOneBatch, inTurn } = await inOneBatchAndInTurn(async (database) => {
    await owe(database, Array(3).fill(outgoing(reminder, { payload, sellerId })));
    return { handler: remindInvitation, clock: clockAfter(8), left: () => leftIn(database) };
  });
  expect(inOneBatch).toEqual(inTurn);
  expect(inOneBatch.mails).toMatchObject([{ kind: 'invitation-reminder', state: 'requested' }]);
});

test('an invitation expires once, however many jobs end it, in one batch or one after another (R1)', async () => {
  const { inOneBatch, inTurn } = await inOneBatchAndInTurn(async (database) => {
    const jobs = [payload, { ...payload, revision: 7 }, payload];
    await owe(
      database,
      jobs.map((job) => outgoing(expiry, { payload: job, sellerId })),
    );
    return { handler: expireInvitation, clock: clockAfter(15), left: () => leftIn(database) };
  });
  expect(inOneBatch).toEqual(inTurn);
  expect(inOneBatch.log).toMatchObject([
    { outcome: 'done' },
    { reason: 'the invitation was reissued' },
    { reason: 'the invitation is expired' },
  ]);
});

test('two mails of one invitation and two jobs of one mail: both are noted, each goes out once', async () => {
  const { inOneBatch, inTurn } = await inOneBatchAndInTurn(async (database, together) => {
    const server = await startMailServer();
    const mailer = createMailer({ smtpUrl: server.url, from: 'Global Express <ge@mail.example>' });
    const first = requestMail({ sellerId, kind: 'invitation', invitation }, start);
    const second = requestMail({ sellerId, kind: 'invitation-reminder', invitation }, start);
    await owe(database, [first.message, first.message, second.message], invitationRow(sellerId));
    await database.transaction((tx) => tx.insert(MailEntity, [first.mail, second.mail]));
    return {
      handler: sendMail(
        { send: answeredTogether(mailer.send, together ? 2 : 1) },
        { callsInFlight: 4, timeoutMs: 20_000, links },
      ),
      clock: clockAfter(8),
      left: async () => ({ ...(await leftIn(database)), received: server.mails.map((mail) => mail.subject).sort() }),
      close: async () => {
        await mailer.close();
        await server.close();
      },
    };
  });
  expect(inOneBatch).toEqual(inTurn);
  expect(inOneBatch.invitations).toMatchObject([{ sent_at: expect.any(String), reminded_at: expect.any(String) }]);
  expect(inOneBatch.received).toHaveLength(2);
});
