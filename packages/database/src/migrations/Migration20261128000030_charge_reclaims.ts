import { Migration } from '@mikro-orm/migrations';

/** Shipments that a carrier charged beside those of the labels, and what became of asking for them back. */
export class Migration20261128000030_charge_reclaims extends Migration {
  override name = 'Migration20261128000030_charge_reclaims';

  override up(): void | Promise<void> {
    this.addSql(
      `create table "charge_reclaims" ("carrier_id" text not null, "shipment_ref" text not null, "label_id" text not null, "order_id" text not null, "seller_id" text not null, "line_no" bigint not null, "charged" jsonb not null, "state" text not null, "fence" int not null, "lease_until" timestamptz(3) null, "unanswered" int not null, "refund" jsonb null, "reason" text null, "requested_at" timestamptz(3) not null, "sent_at" timestamptz(3) null, "ended_at" timestamptz(3) null, primary key ("carrier_id", "shipment_ref"));`,
    );
    this.addSql(`create index "charge_reclaims_line" on "charge_reclaims" ("carrier_id", "line_no");`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table "charge_reclaims";`);
  }
}
