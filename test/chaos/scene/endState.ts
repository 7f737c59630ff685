import { type EndState, endOfRows } from '@ge/audit';
import {
  type Database,
  EnrollmentEntity,
  FeedEntity,
  OrderEntity,
  ShippingTemplateEntity,
  SkuEntity,
} from '@ge/database';

export async function endOfDatabase(database: Database): Promise<EndState> {
  const all = await database.transaction(async (tx) => ({
    templates: await tx.select(ShippingTemplateEntity, ''),
    skus: await tx.select(SkuEntity, ''),
    orders: await tx.select(OrderEntity, ''),
    enrollments: await tx.select(EnrollmentEntity, ''),
    feeds: await tx.select(FeedEntity, `where t.state = 'DONE' and t.report_document_id is not null`),
    labels: await tx.query<{ order_id: string }>(
      `select order_id from label_purchases where state = 'purchased' and document_id is not null`,
    ),
    // One whose answer was lost twice has ended too: it may have arrived twice, and by design is never sent again.
    sent: await tx.query<{ seller_id: string; kind: string }>(
      `select seller_id, kind from mails where state = 'accepted' or (state = 'abandoned' and unknown_outcomes = 2)`,
    ),
  }));
  return endOfRows({
    ...all,
    labelled: all.labels.map((row) => row.order_id),
    mails: all.sent.map((row) => ({ sellerId: row.seller_id, kind: row.kind })),
  });
}

/** What invitations want in a week or two. */
const later = `('remind-invitation', 'expire-invitation')`;

/** How many messages are owed, counted to `enough` at most. */
export async function owedNow(database: Database, enough: number): Promise<number> {
  const rows = await database.query(
    `select from messages where state = 'ready' and name not in ${later} limit $1::int`,
    [enough],
  );
  return rows.length;
}

/** By job: how many messages are owed, how often they were tried or put off, and why the last one of them was. */
export const whatIsOwed = (database: Database): Promise<object[]> =>
  database.query(
    `select name, count(*)::int as owed, max(gen) as gen, max(attempts) as attempts, max(crashes) as crashes,
            max(snoozes) as snoozes, min(due_at)::text as due, max(last_error) as why
       from messages where state = 'ready' and name not in ${later} group by name`,
  );

/** How many messages have ended. */
export async function endedNow(database: Database): Promise<number> {
  const [row] = await database.query<{ ended: number }>('select count(*)::int as ended from message_log');
  return row!.ended;
}

/** How the messages of a run ended, and what must be none of: what anybody would call lost, charged for nothing, or given up. */
export async function endOfMessages(database: Database) {
  const [counted] = await database.query<Record<string, number>>(
    `select (select count(*) from messages where state = 'ready' and name not in ${later})::int as owed,
            (select count(*) from messages where state = 'dead')::int as dead,
            (select count(*) from message_log where outcome = 'dead')::int as buried,
            -- An answer that a mail server owes costs an attempt by design; nothing else here may fail.
            (select count(*) from message_log where attempts > 0 and name <> 'send-mail')::int as charged,
            (select count(*) from (select from message_log group by message_id having count(*) > 1) twice)::int as "endedTwice",
            (select count(*) from operations where state <> 'closed' or failed > 0 or done + cancelled <> total)::int as "operationsLeft"`,
  );
  return counted!;
}

export const nothingAmiss = { owed: 0, dead: 0, buried: 0, charged: 0, endedTwice: 0, operationsLeft: 0 };
