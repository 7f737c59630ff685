import { Migration } from '@mikro-orm/migrations';

export class Migration20261126000000_screened_by extends Migration {
  override name = 'Migration20261126000000_screened_by';

  override up(): void | Promise<void> {
    this.addSql(`alter table "programme" add column "screened_by" text not null default '';`);
  }

  override down(): void | Promise<void> {
    this.addSql(`alter table "programme" drop column "screened_by";`);
  }
}
