import { Migration } from '@mikro-orm/migrations';

export class Migration20261126000001_operation_command_no extends Migration {
  override name = 'Migration20261126000001_operation_command_no';

  override up(): void | Promise<void> {
    this.addSql(`alter table "operations" add column "command_no" bigint null;`);
  }

  override down(): void | Promise<void> {
    this.addSql(`alter table "operations" drop column "command_no";`);
  }
}
