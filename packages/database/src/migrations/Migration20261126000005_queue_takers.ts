import { Migration } from '@mikro-orm/migrations';

/** Who takes jobs from how many names of a queue, so that the relay spreads it over no others. */
export class Migration20261126000005_queue_takers extends Migration {
  override name = 'Migration20261126000005_queue_takers';

  override up(): void | Promise<void> {
    this.addSql(
      `create table "queue_takers" ("queue" text not null, "process" text not null, "names" int not null, "until" timestamptz(3) not null, primary key ("queue", "process"));`,
    );
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table if exists "queue_takers" cascade;`);
  }
}
