import { Migration } from '@mikro-orm/migrations';

export class Migration20261122000000_initial extends Migration {
  override name = 'Migration20261122000000_initial';

  override up(): void | Promise<void> {
    this.addSql(
      `create table "api_keys" ("id" text not null, "hash" text not null, "scope" text not null, "seller_id" text null, "operations" text[] not null default '{}', "label" text not null, "created_at" timestamptz(3) not null default now(), "revoked_at" timestamptz(3) null, primary key ("id"));`,
    );
    this.addSql(`alter table "api_keys" add constraint "api_keys_hash_unique" unique ("hash");`);

    this.addSql(
      `create table "campaigns" ("id" text not null, "state" text not null, "created_at" timestamptz(3) not null, primary key ("id"));`,
    );

    this.addSql(
      `create table "documents" ("id" text not null, "seller_id" text null, "media_type" text not null, "file_name" text not null, "size" bigint null, "sha256" text null, "created_at" timestamptz(3) not null default now(), primary key ("id"));`,
    );

    this.addSql(
      `create table "document_chunks" ("document_id" text not null, "no" int not null, "bytes" bytea not null, primary key ("document_id", "no"));`,
    );

    this.addSql(
      `create table "enrollments" ("seller_id" text not null, "state" text not null, "command_no" bigint not null, "template_scope" jsonb null, "operation_id" text null, "enrolled_at" timestamptz(3) not null, "closed_at" timestamptz(3) null, primary key ("seller_id"));`,
    );

    this.addSql(
      `create table "feeds" ("id" text not null, "seller_id" text not null, "type" text not null, "state" text not null, "command_no" bigint not null, "document_id" text not null, "report_document_id" text null, "operation_id" text null, "staged_rows" int not null default 0, "settled_rows" int not null default 0, "counts" jsonb null, "fatal_code" text null, "created_at" timestamptz(3) not null, "started_at" timestamptz(3) null, "ended_at" timestamptz(3) null, primary key ("id"));`,
    );
    this.addSql(`create index "feeds_seller" on "feeds" ("seller_id", "command_no");`);
    this.addSql(
      `create index "feeds_unfinished" on "feeds" ("seller_id", "command_no") where state in ('IN_QUEUE', 'IN_PROGRESS');`,
    );

    this.addSql(
      `create table "feed_rows" ("feed_id" text not null, "record_no" int not null, "sku" text not null, "template_name" text null, "detail" jsonb null, "outcome" text null, "template_id" text null, "former_template_id" text null, "problems" jsonb not null default '[]', primary key ("feed_id", "record_no"));`,
    );
    this.addSql(`create index "feed_rows_sku" on "feed_rows" ("feed_id", "sku", "record_no");`);

    this.addSql(
      `create table "idempotency_keys" ("api_key_id" text not null, "key" text not null, "request_hash" text not null, "status" int null, "answer" jsonb null, "created_at" timestamptz(3) not null default now(), primary key ("api_key_id", "key"));`,
    );
    this.addSql(`create index "idempotency_keys_age" on "idempotency_keys" ("created_at");`);

    this.addSql(
      `create table "inquiries" ("id" text not null, "seller_id" text not null, "state" text not null, "message" text not null, "reason" text null, "created_at" timestamptz(3) not null, "decided_at" timestamptz(3) null, primary key ("id"));`,
    );
    this.addSql(`create index "inquiries_seller" on "inquiries" ("seller_id", "id");`);
    this.addSql(`create index "inquiries_state" on "inquiries" ("state", "id");`);
    this.addSql(`create unique index "inquiries_one_open" on "inquiries" ("seller_id") where state = 'open';`);

    this.addSql(
      `create table "invitations" ("id" text not null, "seller_id" text not null, "campaign_id" text null, "state" text not null, "revision" int not null default 1, "created_at" timestamptz(3) not null, "expires_at" timestamptz(3) not null, "sent_at" timestamptz(3) null, "reminded_at" timestamptz(3) null, "ended_at" timestamptz(3) null, primary key ("id"));`,
    );
    this.addSql(`create index "invitations_seller" on "invitations" ("seller_id", "id");`);
    this.addSql(`create index "invitations_campaign" on "invitations" ("campaign_id", "id");`);
    this.addSql(`create unique index "invitations_one_open" on "invitations" ("seller_id") where state = 'open';`);
    this.addSql(
      `create index "invitations_open_by_expiry" on "invitations" ("expires_at", "id") where state = 'open';`,
    );

    this.addSql(
      `create table "label_purchases" ("id" text not null, "order_id" text not null, "seller_id" text not null, "parcel_no" int not null, "parcel" jsonb not null, "declaration" jsonb not null, "state" text not null, "fence" int not null default 0, "lease_until" timestamptz(3) null, "carrier_id" text not null, "service_id" text not null, "offer_token" text not null, "quoted" jsonb not null, "format" text not null, "is_protected" boolean not null, "idempotency_key" text not null, "request_hash" text null, "sent_at" timestamptz(3) null, "look_ups" int not null default 0, "charge" jsonb null, "shipment_ref" text null, "tracking_id" text null, "document_id" text null, "reason" text null, "created_at" timestamptz(3) not null, "ended_at" timestamptz(3) null, primary key ("id"));`,
    );
    this.addSql(`create index "label_purchases_parked" on "label_purchases" ("id") where state = 'parked';`);
    this.addSql(`create index "label_purchases_order" on "label_purchases" ("order_id");`);
    this.addSql(`create index "label_purchases_tracking" on "label_purchases" ("tracking_id");`);
    this.addSql(
      `create unique index "label_purchases_one_active" on "label_purchases" ("order_id", "parcel_no") where state not in ('refused', 'voiding', 'voided', 'void_refused');`,
    );
    this.addSql(
      `alter table "label_purchases" add constraint "label_purchases_idempotency_key" unique ("idempotency_key");`,
    );

    this.addSql(
      `create table "mails" ("id" text not null, "seller_id" text not null, "kind" text not null, "invitation_id" text null, "revision" int not null default 0, "params" jsonb not null default '{}', "state" text not null, "fence" int not null default 0, "lease_until" timestamptz(3) null, "unknown_outcomes" int not null default 0, "reason" text null, "created_at" timestamptz(3) not null, "ended_at" timestamptz(3) null, primary key ("id"));`,
    );
    this.addSql(`create index "mails_seller" on "mails" ("seller_id", "id");`);

    this.addSql(
      `create table "messages" ("id" bigserial primary key, "queue" text not null, "name" text not null, "seller_id" text not null, "payload" jsonb not null, "cursor" jsonb null, "operation_id" text null, "command_no" bigint null, "state" text not null default 'ready', "due_at" timestamptz(3) null, "gen" int not null default 0, "attempts" int not null default 0, "crashes" int not null default 0, "snoozes" int not null default 0, "deadline_at" timestamptz(3) null, "last_error" text null, "trace" text null, "created_at" timestamptz(3) not null default now());`,
    );
    this.addSql(
      `create index "messages_ready" on "messages" ("queue", "seller_id", "id") where state = 'ready' and due_at is null;`,
    );
    this.addSql(`create index "messages_due" on "messages" ("due_at") where state = 'ready' and due_at is not null;`);
    this.addSql(`create index "messages_dead" on "messages" ("queue", "id") where state = 'dead';`);
    this.addSql(`create index "messages_operation" on "messages" ("operation_id") where operation_id is not null;`);

    this.addSql(
      `create table "message_log" ("day" date not null, "id" bigserial not null, "message_id" bigint null, "queue" text not null, "name" text not null, "seller_id" text not null, "operation_id" text null, "outcome" text not null, "reason" text null, "attempts" int not null, "at" timestamptz(3) not null, primary key ("day", "id")) partition by range ("day");`,
    );
    this.addSql(`create index "message_log_message" on "message_log" ("message_id");`);
    this.addSql(`create table "message_log_rest" partition of "message_log" default;`);

    this.addSql(
      `create table "operations" ("id" text not null, "seller_id" text null, "kind" text not null, "state" text not null, "total" int not null default 0, "done" int not null default 0, "failed" int not null default 0, "cancelled" int not null default 0, "fanned_out" boolean not null default false, "counts" jsonb not null default '{}', "result" jsonb null, "created_at" timestamptz(3) not null, "closed_at" timestamptz(3) null, primary key ("id"));`,
    );
    this.addSql(`create index "operations_seller" on "operations" ("seller_id", "id");`);

    this.addSql(
      `create table "orders" ("id" text not null, "seller_id" text not null, "is_global_express" boolean not null, "destination" text not null, "ship_to" jsonb null, "lines" jsonb not null, "state" text not null, "handling_days" int not null, "ship_by" timestamptz(3) not null, "import_fee_deposit" jsonb null, "payout" text not null, "payout_reason" text null, "region_setting_version" int not null default 0, "suspension_version" int not null default 0, "created_at" timestamptz(3) not null, "confirmed_at" timestamptz(3) null, "cancelled_by" text null, "counts_against_seller" boolean null, "refunded_by" text null, "refunded_at" timestamptz(3) null, primary key ("id"));`,
    );
    this.addSql(`create index "orders_seller" on "orders" ("seller_id", "id");`);
    this.addSql(
      `create index "orders_duties" on "orders" ("seller_id", "ship_by", "id") where is_global_express and state in ('pending', 'held');`,
    );
    this.addSql(
      `create index "orders_open" on "orders" ("id") where is_global_express and state in ('pending', 'held');`,
    );
    this.addSql(
      `create index "orders_with_old_address" on "orders" ("created_at", "id") where ship_to is not null and state in ('confirmed', 'cancelled');`,
    );
    this.addSql(
      `create index "orders_open_by_destination" on "orders" ("destination", "id") where state in ('pending', 'held');`,
    );

    this.addSql(
      `create table "outside_label_reports" ("order_id" text not null, "tracking_id" text not null, "happened_at" timestamptz(3) not null, "received_at" timestamptz(3) not null, primary key ("order_id", "tracking_id"));`,
    );

    this.addSql(
      `create table "pauses" ("queue" text not null, "seller_id" text not null, "reason" text not null, "created_at" timestamptz(3) not null default now(), primary key ("queue", "seller_id"));`,
    );

    this.addSql(
      `create table "programme" ("id" int not null, "suspension_version" int not null default 0, "clock_offset_ms" bigint not null default '0', primary key ("id"));`,
    );

    this.addSql(
      `create table "quotes" ("id" text not null, "order_id" text not null, "seller_id" text not null, "parcel_no" int not null, "parcel" jsonb not null, "ship_date" text not null, "offers" jsonb not null, "created_at" timestamptz(3) not null, primary key ("id"));`,
    );
    this.addSql(`create index "quotes_order" on "quotes" ("order_id");`);
    this.addSql(`create index "quotes_age" on "quotes" ("created_at");`);

    this.addSql(
      `create table "receipts" ("day" date not null, "key" text not null, "at" timestamptz(3) not null default now(), primary key ("day", "key")) partition by range ("day");`,
    );
    this.addSql(`create table "receipts_rest" partition of "receipts" default;`);

    this.addSql(
      `create table "region_settings" ("seller_id" text not null, "version" int not null, "command_no" bigint not null, "excluded_destinations" text[] not null, "saved_at" timestamptz(3) not null, primary key ("seller_id", "version"));`,
    );

    this.addSql(
      `create table "relay_lease" ("queue" text not null, "holder" text not null, "until" timestamptz(3) not null, primary key ("queue"));`,
    );

    this.addSql(
      `create table "sellers" ("id" text not null, "marketplace_id" text not null, "country" text not null, "name" text not null, "email" text not null, "locale" text not null, "time_zone" text not null, "general_address_id" text null, "region_auto_apply" boolean not null default false, "region_setting_version" int not null default 0, "command_no" bigint not null default '0', "created_at" timestamptz(3) not null default now(), primary key ("id"));`,
    );
    this.addSql(`create index "sellers_country_id" on "sellers" ("country", "id");`);
    this.addSql(`create index "sellers_email" on "sellers" (lower("email"), "id");`);

    this.addSql(
      `create table "seller_addresses" ("id" text not null, "seller_id" text not null, "address" jsonb not null, "created_at" timestamptz(3) not null default now(), primary key ("id"));`,
    );
    this.addSql(`create index "seller_addresses_seller" on "seller_addresses" ("seller_id", "id");`);

    this.addSql(
      `create table "shipping_templates" ("id" text not null, "seller_id" text not null, "name" text not null, "is_default" boolean not null, "ge_state" text not null, "ge_command_no" bigint not null default '0', "ge_command_log" jsonb not null default '{"deactivatedNo":0,"enabledNos":[]}', "blocked_by" jsonb not null default '[]', "region_automation" boolean not null default false, "domestic_automation" boolean not null default false, "international_automation" boolean not null default false, "ship_from" text[] not null default '{}', "carrier_preferences" text[] not null default '{}', "domestic_shipping" jsonb null, "international_fees" jsonb null, "excluded_destinations" text[] not null default '{}', "applied_setting_version" int not null default 0, "suspended_destinations" text[] not null default '{}', "applied_suspension_version" int not null default 0, "wizard" jsonb null, "version" int not null default 1, "created_at" timestamptz(3) not null default now(), primary key ("id"));`,
    );
    this.addSql(`create index "shipping_templates_seller" on "shipping_templates" ("seller_id", "id");`);
    this.addSql(`create index "shipping_templates_enabled" on "shipping_templates" ("id") where ge_state = 'enabled';`);
    this.addSql(
      `create unique index "shipping_templates_default" on "shipping_templates" ("seller_id") where is_default;`,
    );
    this.addSql(
      `alter table "shipping_templates" add constraint "shipping_templates_seller_name" unique ("seller_id", "name");`,
    );

    this.addSql(
      `create table "skus" ("seller_id" text not null, "sku" text not null, "template_id" text not null, "template_command_no" bigint not null default '0', "title" text not null default '', "export_data" jsonb null, "verdict" text not null, "verdict_rule" text null, "created_at" timestamptz(3) not null default now(), primary key ("seller_id", "sku"));`,
    );
    this.addSql(`create index "skus_template" on "skus" ("template_id", "verdict");`);

    this.addSql(
      `create table "suspensions" ("id" text not null, "destination" text not null, "state" text not null, "reason" text not null, "version" int not null, "suspended_at" timestamptz(3) not null, "lifted_at" timestamptz(3) null, primary key ("id"));`,
    );
    this.addSql(
      `create unique index "suspensions_one_active" on "suspensions" ("destination") where state = 'active';`,
    );

    this.addSql(
      `create table "template_aliases" ("seller_id" text not null, "name" text not null, "template_id" text not null, "created_at" timestamptz(3) not null default now(), primary key ("seller_id", "name"));`,
    );
    this.addSql(`create index "template_aliases_template" on "template_aliases" ("template_id");`);

    this.addSql(
      `create table "tracking_events" ("label_id" text not null, "code" text not null, "happened_at" timestamptz(3) not null, "received_at" timestamptz(3) not null, primary key ("label_id", "code", "happened_at"));`,
    );
    // The row that the whole programme shares.
    this.addSql(`insert into "programme" ("id") values (1);`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table if exists "api_keys" cascade;`);
    this.addSql(`drop table if exists "campaigns" cascade;`);
    this.addSql(`drop table if exists "documents" cascade;`);
    this.addSql(`drop table if exists "document_chunks" cascade;`);
    this.addSql(`drop table if exists "enrollments" cascade;`);
    this.addSql(`drop table if exists "feeds" cascade;`);
    this.addSql(`drop table if exists "feed_rows" cascade;`);
    this.addSql(`drop table if exists "idempotency_keys" cascade;`);
    this.addSql(`drop table if exists "inquiries" cascade;`);
    this.addSql(`drop table if exists "invitations" cascade;`);
    this.addSql(`drop table if exists "label_purchases" cascade;`);
    this.addSql(`drop table if exists "mails" cascade;`);
    this.addSql(`drop table if exists "messages" cascade;`);
    this.addSql(`drop table if exists "message_log" cascade;`);
    this.addSql(`drop table if exists "operations" cascade;`);
    this.addSql(`drop table if exists "orders" cascade;`);
    this.addSql(`drop table if exists "outside_label_reports" cascade;`);
    this.addSql(`drop table if exists "pauses" cascade;`);
    this.addSql(`drop table if exists "programme" cascade;`);
    this.addSql(`drop table if exists "quotes" cascade;`);
    this.addSql(`drop table if exists "receipts" cascade;`);
    this.addSql(`drop table if exists "region_settings" cascade;`);
    this.addSql(`drop table if exists "relay_lease" cascade;`);
    this.addSql(`drop table if exists "sellers" cascade;`);
    this.addSql(`drop table if exists "seller_addresses" cascade;`);
    this.addSql(`drop table if exists "shipping_templates" cascade;`);
    this.addSql(`drop table if exists "skus" cascade;`);
    this.addSql(`drop table if exists "suspensions" cascade;`);
    this.addSql(`drop table if exists "template_aliases" cascade;`);
    this.addSql(`drop table if exists "tracking_events" cascade;`);
  }
}
