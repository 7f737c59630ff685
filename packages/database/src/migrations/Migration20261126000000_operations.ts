import { Migration } from '@mikro-orm/migrations';

/** Roles of operators, what they changed, and what operations asks of messages: grouping the dead, cancelling the rest. */
export class Migration20261126000000_operations extends Migration {
  override name = 'Migration20261126000000_operations';

  override up(): void | Promise<void> {
    this.addSql(`alter table "api_keys" add "role" text null;`);
    // Operator keys could do everything so far.
    this.addSql(`update "api_keys" set "role" = 'admin' where "scope" = 'operator';`);

    this.addSql(
      `create table "audit_entries" ("id" bigserial primary key, "at" timestamptz(3) not null, "actor" text not null, "role" text not null, "action" text not null, "target" text not null, "before" jsonb null, "after" jsonb null, "reason" text null);`,
    );
    this.addSql(`create index "audit_entries_target" on "audit_entries" ("target", "id");`);
    this.addSql(
      `create function "audit_entries_kept_fn"() returns trigger as $$ begin raise exception 'audit entries are only ever added'; end; $$ language plpgsql;`,
    );
    this.addSql(
      `create trigger "kept" before update or delete on "audit_entries" for each statement execute function "audit_entries_kept_fn"();`,
    );
    this.addSql(
      `create trigger "kept_whole" before truncate on "audit_entries" for each statement execute function "audit_entries_kept_fn"();`,
    );

    this.addSql(
      `alter table "messages" add "fingerprint" text null, add "dead_at" timestamptz(3) null, add "ready_at" timestamptz(3) null, add "cancel_reason" text null;`,
    );
    this.addSql(
      `create index "messages_later" on "messages" ("queue", "seller_id", "id") where state = 'ready' and due_at is not null;`,
    );
    this.addSql(
      `create index "messages_cancelled" on "messages" ("queue", "id") where state = 'ready' and cancel_reason is not null;`,
    );
    this.addSql(`drop index "messages_dead";`);
    this.addSql(
      `create index "messages_dead" on "messages" ("queue", "name", "fingerprint", "id") where state = 'dead';`,
    );
    this.addSql(
      `create index "label_purchases_open" on "label_purchases" ("state", "created_at") where state in ('requested', 'claimed', 'sent', 'unknown', 'parked', 'voiding');`,
    );
    this.addSql(`create index "operations_open" on "operations" ("kind", "created_at") where state = 'open';`);
    this.addSql(`create index "message_log_operation" on "message_log" ("operation_id");`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop index "message_log_operation";`);
    this.addSql(`drop index "operations_open";`);
    this.addSql(`drop index "label_purchases_open";`);
    this.addSql(`drop index "messages_dead";`);
    this.addSql(`create index "messages_dead" on "messages" ("queue", "id") where state = 'dead';`);
    this.addSql(`drop index "messages_later";`);
    this.addSql(`drop index "messages_cancelled";`);
    this.addSql(
      `alter table "messages" drop column "fingerprint", drop column "dead_at", drop column "ready_at", drop column "cancel_reason";`,
    );
    this.addSql(`drop table "audit_entries";`);
    this.addSql(`drop function "audit_entries_kept_fn"();`);
    this.addSql(`alter table "api_keys" drop column "role";`);
  }
}
