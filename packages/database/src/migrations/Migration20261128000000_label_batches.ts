import { Migration } from '@mikro-orm/migrations';

/** Labels that are asked for together, and offers that are quoted again. */
export class Migration20261128000000_label_batches extends Migration {
  override name = 'Migration20261128000000_label_batches';

  override up(): void | Promise<void> {
    this.addSql(
      `create table "label_batches" ("id" text not null, "seller_id" text not null, "operation_id" text not null, "state" text not null, "format" text not null, "price_tolerance" jsonb null, "created_at" timestamptz(3) not null, primary key ("id"));`,
    );
    this.addSql(`create index "label_batches_seller" on "label_batches" ("seller_id", "id");`);
    this.addSql(
      `create table "label_batch_items" ("batch_id" text not null, "item_no" int not null, "order_id" text not null, "parcel_no" int null, "parcel" jsonb null, "offer_token" text null, "choose" text null, "itn" text null, "state" text not null, "label_id" text null, "refusals" jsonb not null, primary key ("batch_id", "item_no"), constraint "label_batch_items_label" unique ("label_id"));`,
    );
    this.addSql(
      `create index "label_batch_items_waiting" on "label_batch_items" ("batch_id", "item_no") where state = 'waiting';`,
    );
    this.addSql(
      `alter table "label_purchases" add column "quoted_until" timestamptz(3) null, add column "requoted" jsonb null, add column "price_tolerance" jsonb null, add column "batch_id" text null;`,
    );
    this.addSql(
      `create index "label_purchases_batch_unsent" on "label_purchases" ("batch_id") where batch_id is not null and state in ('requested', 'claimed');`,
    );
  }

  override down(): void | Promise<void> {
    this.addSql(`drop index "label_purchases_batch_unsent";`);
    this.addSql(
      `alter table "label_purchases" drop column "quoted_until", drop column "requoted", drop column "price_tolerance", drop column "batch_id";`,
    );
    this.addSql(`drop table "label_batch_items";`);
    this.addSql(`drop table "label_batches";`);
  }
}
