import { Migration } from '@mikro-orm/migrations';

/** For which day the reading of a carrier's statement was owed last. */
export class Migration20261128000020_daily_readings extends Migration {
  override name = 'Migration20261128000020_daily_readings';

  override up(): void | Promise<void> {
    this.addSql(
      `alter table "carrier_statements" add "owed_for" text null, add "since" timestamptz(3) not null default now();`,
    );
  }

  override down(): void | Promise<void> {
    this.addSql(`alter table "carrier_statements" drop column "owed_for", drop column "since";`);
  }
}
