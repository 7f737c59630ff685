import { Migration } from '@mikro-orm/migrations';

/** A reclaim may be opened before any statement was read: lines find it by the shipment that they charge. */
export class Migration20261129000010_reclaims_by_shipment extends Migration {
  override name = 'Migration20261129000010_reclaims_by_shipment';

  override up(): void | Promise<void> {
    this.addSql(`drop index "charge_reclaims_line";`);
    this.addSql(`alter table "charge_reclaims" drop column "line_no";`);
  }

  override down(): void | Promise<void> {
    this.addSql(`alter table "charge_reclaims" add column "line_no" bigint not null default 0;`);
    this.addSql(`alter table "charge_reclaims" alter column "line_no" drop default;`);
    this.addSql(`create index "charge_reclaims_line" on "charge_reclaims" ("carrier_id", "line_no");`);
  }
}
