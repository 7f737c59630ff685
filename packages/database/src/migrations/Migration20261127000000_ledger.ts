import { Migration } from '@mikro-orm/migrations';

/** The double-entry ledger, and what carriers say in their statements. */
export class Migration20261127000000_ledger extends Migration {
  override name = 'Migration20261127000000_ledger';

  override up(): void | Promise<void> {
    this.addSql(
      `create table "ledger_transfers" ("id" text not null, "kind" text not null, "order_id" text not null, "seller_id" text not null, "label_id" text null, "carrier_id" text null, "debit" text not null, "credit" text not null, "minor" bigint not null, "currency" text not null, "booked_at" timestamptz(3) not null, primary key ("id"), constraint ledger_transfers_amount check (minor > 0), constraint ledger_transfers_sides check (debit <> credit));`,
    );
    this.addSql(`create index "ledger_transfers_order" on "ledger_transfers" ("order_id");`);
    this.addSql(
      `create function "ledger_transfers_ledger_transfers_stay_fn"() returns trigger as $$ begin raise exception 'what is in the ledger stays as it is: book it back'; end; $$ language plpgsql;`,
    );
    this.addSql(
      `create trigger "ledger_transfers_stay" before update or delete on "ledger_transfers" for each statement execute function "ledger_transfers_ledger_transfers_stay_fn"();`,
    );
    // Of its own: the schema comparison sees no trigger on truncate.
    this.addSql(
      `create trigger "ledger_transfers_never_emptied" before truncate on "ledger_transfers" for each statement execute function "ledger_transfers_ledger_transfers_stay_fn"();`,
    );
    this.addSql(
      `create table "carrier_statements" ("carrier_id" text not null, "last_line_no" bigint not null default 0, "read_at" timestamptz(3) null, primary key ("carrier_id"));`,
    );
    this.addSql(
      `create table "statement_lines" ("carrier_id" text not null, "line_no" bigint not null, "kind" text not null, "reference" text not null, "shipment_ref" text not null, "minor" bigint not null, "currency" text not null, "at" timestamptz(3) not null, primary key ("carrier_id", "line_no"));`,
    );
    this.addSql(`create index "statement_lines_reference" on "statement_lines" ("carrier_id", "reference");`);
    this.addSql(
      `create table "statement_differences" ("carrier_id" text not null, "subject" text not null, "kind" text not null, "reference" text not null, "line_no" bigint null, "theirs" jsonb null, "ours" jsonb null, "seen_at" timestamptz(3) not null, "settled_at" timestamptz(3) null, primary key ("carrier_id", "subject"));`,
    );
    this.addSql(
      `create index "statement_differences_open" on "statement_differences" ("carrier_id", "subject") where settled_at is null;`,
    );
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table "statement_differences";`);
    this.addSql(`drop table "statement_lines";`);
    this.addSql(`drop table "carrier_statements";`);
    this.addSql(`drop table "ledger_transfers";`);
    this.addSql(`drop function "ledger_transfers_ledger_transfers_stay_fn";`);
  }
}
