import { Migration } from '@mikro-orm/migrations';

/** When the items of label batches have stepped aside: what was away then may have come back. */
export class Migration20261129000050_items_aside_since extends Migration {
  override name = 'Migration20261129000050_items_aside_since';

  override up(): void | Promise<void> {
    this.addSql(`alter table "label_batch_items" add "aside_at" timestamptz(3) null;`);
  }

  override down(): void | Promise<void> {
    this.addSql(`alter table "label_batch_items" drop column "aside_at";`);
  }
}
