import { Migration } from '@mikro-orm/migrations';

/** Feeds that are only tried out, feeds that take back what another one did, and how much of a file is read. */
export class Migration20261126000020_reverted_feeds extends Migration {
  override name = 'Migration20261126000020_reverted_feeds';

  override up(): void | Promise<void> {
    this.addSql(
      `alter table "feeds" add column "dry_run" boolean not null default false, add column "reverts_feed_id" text null,
         add column "file_bytes" bigint not null default 0, add column "read_bytes" bigint not null default 0;`,
    );
  }

  override down(): void | Promise<void> {
    this.addSql(
      `alter table "feeds" drop column "dry_run", drop column "reverts_feed_id", drop column "file_bytes", drop column "read_bytes";`,
    );
  }
}
