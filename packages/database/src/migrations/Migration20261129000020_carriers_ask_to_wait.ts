import { Migration } from '@mikro-orm/migrations';

/** Until when carriers want no quotes and no purchases, where they asked for a long time. */
export class Migration20261129000020_carriers_ask_to_wait extends Migration {
  override name = 'Migration20261129000020_carriers_ask_to_wait';

  override up(): void | Promise<void> {
    this.addSql(
      `alter table "carrier_standings" add "no_quotes_before" timestamptz(3) null, add "no_purchases_before" timestamptz(3) null;`,
    );
  }

  override down(): void | Promise<void> {
    this.addSql(`alter table "carrier_standings" drop column "no_quotes_before", drop column "no_purchases_before";`);
  }
}
