import { Migration } from '@mikro-orm/migrations';

/** When people last let a carrier go on: what it had asked for before counts no more. */
export class Migration20261129000040_carriers_let_go extends Migration {
  override name = 'Migration20261129000040_carriers_let_go';

  override up(): void | Promise<void> {
    this.addSql(`alter table "carrier_standings" add "let_go_at" timestamptz(3) null;`);
  }

  override down(): void | Promise<void> {
    this.addSql(`alter table "carrier_standings" drop column "let_go_at";`);
  }
}
