import { runCampaign } from '@ge/contracts';
import {
  CampaignEntity,
  courseOf,
  type Database,
  InvitationEntity,
  MailEntity,
  OperationEntity,
  outgoing,
  type RowOf,
  requestMail,
  SellerEntity,
  startOperation,
} from '@ge/database';
import type { CampaignId, InvitationId, SellerId } from '@ge/domain';
import { sellerRow } from '@ge/testkit';

export const dayMs = 86_400_000;
export const start = new Date('2026-03-02T17:00:00.000Z');
export const secret = 'a secret of the tests that has more than 32 bytes';
export const links = { publicUrl: 'https://export.example', secrets: [secret] as const };

/** The programme's time in a test: it stands still until it is moved. */
export class TestClock {
  #now = start;
  now = (): Date => this.#now;
  pass(days: number): void {
    this.#now = new Date(this.#now.getTime() + days * dayMs);
  }
}

export const addressOf = (sellerId: string) => `${sellerId.toLowerCase()}@example.com`;

export const putSellers = (database: Database, sellers: readonly RowOf<typeof SellerEntity>[]) =>
  database.transaction((tx) => tx.insert(SellerEntity, sellers));

/** What the gateway writes when an operator starts a campaign. Returns the operation's id. */
export const startCampaign = (database: Database, id: string): Promise<string> =>
  database.transaction(async (tx) => {
    const campaignId = id as CampaignId;
    await tx.insert(CampaignEntity, [{ id: campaignId, state: 'running', createdAt: start }]);
    return startOperation(tx, { kind: 'campaign', sellerId: null, now: start }, [
      outgoing(runCampaign, { payload: { campaignId }, sellerId: null }),
    ]);
  });

export const invitationRow = (
  sellerId: string,
  change: Partial<RowOf<typeof InvitationEntity>> = {},
): RowOf<typeof InvitationEntity> => ({
  id: `inv_${sellerId}` as InvitationId,
  sellerId: sellerId as SellerId,
  campaignId: null,
  state: 'open',
  revision: 1,
  createdAt: start,
  expiresAt: new Date(start.getTime() + 14 * dayMs),
  sentAt: null,
  remindedAt: null,
  endedAt: null,
  ...change,
});

/** A seller with an invitation whose first mail is owed, and its course of reminder and end. */
export async function anInvitedSeller(
  database: Database,
  id: string,
  change: Partial<RowOf<typeof InvitationEntity>> = {},
): Promise<SellerId> {
  const sellerId = id as SellerId;
  const invitation = invitationRow(id, change);
  const { mail, message } = requestMail({ sellerId, kind: 'invitation', invitation }, start);
  await database.transaction(async (tx) => {
    await tx.insert(SellerEntity, [sellerRow(id)]);
    await tx.insert(InvitationEntity, [invitation]);
    await tx.insert(MailEntity, [mail]);
    await startOperation(tx, { kind: 'invite', sellerId, now: start }, [message, ...courseOf(invitation)]);
  });
  return sellerId;
}

export const invitationsOf = (database: Database, sellerId: string) =>
  database.transaction((tx) => tx.select(InvitationEntity, 'where t.seller_id = $1 order by t.id', [sellerId]));

export const mailsOf = (database: Database, sellerId: string) =>
  database.transaction((tx) => tx.select(MailEntity, 'where t.seller_id = $1 order by t.id', [sellerId]));

export const operation = async (database: Database, id: string) =>
  (await database.transaction((tx) => tx.find(OperationEntity, [id])))[0]!;

export const logOf = (database: Database, sellerId: string) =>
  database.query<{ name: string; outcome: string; reason: string | null }>(
    'select name, outcome, reason from message_log where seller_id = $1 order by id',
    [sellerId],
  );

/** Everything that a campaign leaves behind, but for ids and times of its own making. */
export async function tracesOf(database: Database, operationId: string) {
  const { state, total, done, failed, cancelled, counts } = await operation(database, operationId);
  return {
    sellers: await database.query(
      `select s.id, i.state, i.sent_at is not null as sent, array_agg(m.kind || ' ' || m.state) as mails,
              (select array_agg(name order by name) from messages o where o.seller_id = s.id) as owed
         from sellers s left join invitations i on i.seller_id = s.id left join mails m on m.seller_id = s.id
        group by s.id, i.state, i.sent_at order by s.id`,
    ),
    operation: { state, total, done, failed, cancelled, counts },
    log: await database.query('select name, outcome, reason, seller_id from message_log order by name, seller_id'),
  };
}
