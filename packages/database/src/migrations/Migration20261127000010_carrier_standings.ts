import { Migration } from '@mikro-orm/migrations';

/** Which carriers are called and which are given time to come back. */
export class Migration20261127000010_carrier_standings extends Migration {
  override name = 'Migration20261127000010_carrier_standings';

  override up(): void | Promise<void> {
    this.addSql(
      `create table "carrier_standings" ("carrier_id" text not null, "breaker" text not null, "since" timestamptz(3) not null, "openings" int not null, "retry_at" timestamptz(3) null, "tallies" jsonb not null, "period_from" timestamptz(3) not null, primary key ("carrier_id"));`,
    );
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table "carrier_standings";`);
  }
}
