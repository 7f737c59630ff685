import { Migration } from '@mikro-orm/migrations';

/**
 * Every job writes these indexes: most lines of the history belong to no operation, and nobody asks for the order of what a
 * seller is owed later, so that its entries can share their key.
 */
export class Migration20261126000010_lean_indexes extends Migration {
  override name = 'Migration20261126000010_lean_indexes';

  override up(): void | Promise<void> {
    this.addSql(`drop index "message_log_operation";`);
    this.addSql(
      `create index "message_log_operation" on "message_log" ("operation_id") where operation_id is not null;`,
    );
    this.addSql(`drop index "messages_later";`);
    this.addSql(
      `create index "messages_later" on "messages" ("queue", "seller_id") where state = 'ready' and due_at is not null;`,
    );
  }

  override down(): void | Promise<void> {
    this.addSql(`drop index "messages_later";`);
    this.addSql(
      `create index "messages_later" on "messages" ("queue", "seller_id", "id") where state = 'ready' and due_at is not null;`,
    );
    this.addSql(`drop index "message_log_operation";`);
    this.addSql(`create index "message_log_operation" on "message_log" ("operation_id");`);
  }
}
