import { Migration } from '@mikro-orm/migrations';

/** Carriers that operations have stopped by hand. */
export class Migration20261128000010_stopped_carriers extends Migration {
  override name = 'Migration20261128000010_stopped_carriers';

  override up(): void | Promise<void> {
    this.addSql(`alter table "carrier_standings" add "stopped_at" timestamptz(3) null, add "stop_reason" text null;`);
  }

  override down(): void | Promise<void> {
    this.addSql(`alter table "carrier_standings" drop column "stopped_at", drop column "stop_reason";`);
  }
}
