import { Migration } from '@mikro-orm/migrations';

/** Items of label batches that no carrier makes an offer for now step aside, and are asked for again later. */
export class Migration20261128000040_items_step_aside extends Migration {
  override name = 'Migration20261128000040_items_step_aside';

  override up(): void | Promise<void> {
    this.addSql(
      `alter table "label_batch_items" add column "offerless_since" timestamptz(3) null, add column "ask_again_at" timestamptz(3) null;`,
    );
    this.addSql(`drop index "label_batch_items_waiting";`);
    this.addSql(
      `create index "label_batch_items_waiting" on "label_batch_items" ("batch_id", "ask_again_at" nulls first, "item_no") where state = 'waiting';`,
    );
  }

  override down(): void | Promise<void> {
    this.addSql(`drop index "label_batch_items_waiting";`);
    this.addSql(`alter table "label_batch_items" drop column "offerless_since", drop column "ask_again_at";`);
    this.addSql(
      `create index "label_batch_items_waiting" on "label_batch_items" ("batch_id", "item_no") where state = 'waiting';`,
    );
  }
}
