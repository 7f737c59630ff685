import type { LabelId, SellerId } from '@ge/domain';
import type { Database } from '../database.ts';
import {
  EnrollmentEntity,
  FeedEntity,
  LabelPurchaseEntity,
  MailEntity,
  OrderEntity,
  SellerAddressEntity,
  SellerEntity,
  ShippingTemplateEntity,
  SkuEntity,
} from '../entities/index.ts';
import { newestRegionSettings } from './sellers.ts';

/** How the messages of one operation have ended, beside what the operation itself counts. */
export interface OperationEnd {
  readonly id: string;
  readonly commandNo: number | null;
  readonly state: 'open' | 'closed';
  readonly total: number;
  readonly done: number;
  readonly failed: number;
  readonly cancelled: number;
  /** Messages with a line of history. */
  readonly ended: number;
  /** Messages that are to be run now, and those ordered for later. */
  readonly due: number;
  readonly later: number;
  /** Nothing was left to do when its turn came: a newer command had taken over. */
  readonly overtaken: boolean;
}

/** How these operations have ended, those that are not there left out. Some thousand ids at a time. */
export async function operationEnds(database: Database, ids: readonly string[], now: Date): Promise<OperationEnd[]> {
  const rows = await database.query<OperationEnd & { commandNo: string | null }>(
    `with logged as (
       select operation_id, count(distinct message_id)::int as ended,
              bool_or(outcome = 'skip') and not bool_or(outcome = 'done') as overtaken
         from message_log where operation_id = any($1::text[]) group by operation_id),
     left_over as (
       select operation_id, count(*) filter (where due_at is null or due_at <= $2)::int as due,
              count(*) filter (where due_at > $2)::int as later
         from messages where operation_id = any($1::text[]) and state = 'ready' group by operation_id)
     select o.id, o.command_no as "commandNo", o.state, o.total, o.done, o.failed, o.cancelled,
            coalesce(l.ended, 0) as ended, coalesce(m.due, 0) as due, coalesce(m.later, 0) as later,
            coalesce(l.overtaken, false) as overtaken
       from operations o left join logged l on l.operation_id = o.id left join left_over m on m.operation_id = o.id
      where o.id = any($1::text[])`,
    [ids, now],
  );
  return rows.map((row) => ({ ...row, commandNo: row.commandNo === null ? null : Number(row.commandNo) }));
}

/** What was answered under these idempotency keys, whoever used them; a key that is not there was never carried out. */
export async function answersUnder(
  database: Database,
  keys: readonly string[],
): Promise<Map<string, Readonly<Record<string, unknown>>>> {
  const rows = await database.query<{ key: string; answer: Readonly<Record<string, unknown>> | null }>(
    `select key, answer from idempotency_keys
      where api_key_id = any(array(select id from api_keys)) and key = any($1::text[]) and status between 200 and 299`,
    [keys],
  );
  return new Map(rows.map(({ key, answer }) => [key, answer ?? {}]));
}

/** Of these receipts, the keys of those that are there. */
export async function receiptsThere(
  database: Database,
  receipts: readonly { readonly day: string; readonly key: string }[],
): Promise<Set<string>> {
  const rows = await database.query<{ key: string }>(
    `select key from unnest($1::date[], $2::text[]) as given(day, key) join receipts using (day, key)`,
    [receipts.map(({ day }) => day), receipts.map(({ key }) => key)],
  );
  return new Set(rows.map(({ key }) => key));
}

export interface MessageLeft {
  readonly id: string;
  readonly name: string;
  readonly sellerId: string;
  readonly state: 'ready' | 'dead';
}

/** Messages that are due or dead, whoever they belong to, but for those of `except`; `limit` of them at most. */
export const messagesLeft = (
  database: Database,
  now: Date,
  limit: number,
  except: readonly string[] = [],
): Promise<MessageLeft[]> =>
  database.query(
    `select id, name, seller_id as "sellerId", state from messages
      where (state = 'dead' or due_at is null or due_at <= $1) and id <> all($3::bigint[]) order by id limit $2`,
    [now, limit, except],
  );

/** Messages that have ended more than once since then (one that was dead and redriven has not), `limit` of them at most. Reads the history of those days once. */
export const messagesEndedTwice = (
  database: Database,
  since: Date,
  limit: number,
): Promise<{ readonly id: string; readonly name: string; readonly times: number }[]> =>
  database.query(
    `select message_id as id, min(name) as name, count(*)::int as times from message_log
      where day >= ($1::timestamptz at time zone 'utc')::date and message_id is not null and outcome <> 'dead'
      group by message_id having count(*) > 1 order by message_id limit $2`,
    [since, limit],
  );

/** Everything of these sellers that commands change, in one snapshot. Some hundred sellers at a time. */
export function everythingOf(database: Database, sellers: readonly SellerId[]) {
  return database.transaction(async (tx) => {
    await tx.query('set transaction isolation level repeatable read read only');
    const orders = await tx.select(OrderEntity, 'where t.seller_id = any($1::text[])', [sellers]);
    return {
      sellers: await tx.find(SellerEntity, sellers),
      addresses: await tx.select(SellerAddressEntity, 'where t.seller_id = any($1::text[])', [sellers]),
      settings: await newestRegionSettings(tx, sellers),
      templates: await tx.select(ShippingTemplateEntity, 'where t.seller_id = any($1::text[])', [sellers]),
      skus: await tx.select(SkuEntity, 'where t.seller_id = any($1::text[])', [sellers]),
      orders,
      enrollments: await tx.find(EnrollmentEntity, sellers),
      feeds: await tx.select(FeedEntity, 'where t.seller_id = any($1::text[])', [sellers]),
      labels: await tx.select(LabelPurchaseEntity, 'where t.order_id = any($1::text[])', [orders.map(({ id }) => id)]),
      mails: await tx.select(MailEntity, 'where t.seller_id = any($1::text[])', [sellers]),
    };
  });
}

/** All that `everythingOf` reads of some sellers. */
export type EverythingOf = Awaited<ReturnType<typeof everythingOf>>;

/** Labels by their ids; those that are not there are left out. */
export const labelsByIds = (database: Database, ids: readonly LabelId[]) =>
  database.transaction((tx) => tx.find(LabelPurchaseEntity, ids));

/** Labels by the key under which they were bought. */
export const labelsByPurchaseKey = (database: Database, keys: readonly string[]) =>
  database.transaction((tx) =>
    tx.select(LabelPurchaseEntity, 'where t.idempotency_key = any($1::text[]) order by t.id', [keys]),
  );
