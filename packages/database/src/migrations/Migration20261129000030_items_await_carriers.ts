import { Migration } from '@mikro-orm/migrations';

/** For which carriers the items of label batches have stepped aside. */
export class Migration20261129000030_items_await_carriers extends Migration {
  override name = 'Migration20261129000030_items_await_carriers';

  override up(): void | Promise<void> {
    this.addSql(`alter table "label_batch_items" add "awaited_carriers" text[] not null default '{}';`);
  }

  override down(): void | Promise<void> {
    this.addSql(`alter table "label_batch_items" drop column "awaited_carriers";`);
  }
}
