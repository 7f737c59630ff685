/**
 * The carriers' own book. Append-only: what happened is added, and triggers refuse to change or remove a line.
 * Times are milliseconds since 1970.
 */
export const ledgerSchema = `
create table if not exists facts (name text primary key, value text not null) strict;

create table if not exists calls (
  seq integer primary key autoincrement,
  at integer not null,
  carrier text not null,
  operation text not null,
  key text,
  reference text,
  body_hash text,
  fault text
) strict;
create index if not exists calls_reference on calls (reference, carrier, operation);

create table if not exists quoted_shipments (
  id text primary key,
  at integer not null,
  shipment text not null
) strict;

create table if not exists payment_reports (
  seq integer primary key autoincrement,
  id text not null unique,
  at integer not null,
  request text not null
) strict;

create table if not exists charges (
  seq integer primary key autoincrement,
  at integer not null,
  carrier text not null,
  shipment_id text not null unique,
  tracking_id text not null unique,
  key text,
  reference text not null,
  body_hash text not null,
  service text not null,
  minor integer not null,
  currency text not null,
  shipment text not null
) strict;
create index if not exists charges_key on charges (carrier, key);
create index if not exists charges_reference on charges (carrier, reference);

create table if not exists voids (
  seq integer primary key autoincrement,
  at integer not null,
  shipment_id text not null unique references charges (shipment_id),
  minor integer not null
) strict;

create table if not exists scans (
  seq integer primary key autoincrement,
  tracking_id text not null references charges (tracking_id),
  code text not null,
  at integer not null
) strict;
create index if not exists scans_tracking on scans (tracking_id);

create table if not exists notifications (
  seq integer primary key autoincrement,
  at integer not null,
  carrier text not null,
  reference text not null,
  tracking_id text not null references charges (tracking_id),
  code text not null,
  happened_at integer not null,
  effect text
) strict;
create index if not exists notifications_reference on notifications (reference, carrier);

create table if not exists notification_attempts (
  seq integer primary key autoincrement,
  at integer not null,
  notification integer not null references notifications (seq),
  outcome text not null,
  status integer
) strict;
create index if not exists notification_attempts_of on notification_attempts (notification);

create table if not exists statement_lines (
  line_no integer primary key autoincrement,
  at integer not null,
  carrier text not null,
  kind text not null,
  reference text not null,
  shipment_id text not null references charges (shipment_id),
  minor integer not null,
  currency text not null
) strict;
create index if not exists statement_lines_shipment on statement_lines (shipment_id);
insert into statement_lines (at, carrier, kind, reference, shipment_id, minor, currency)
  select at, carrier, kind, reference, shipment_id, minor, currency from (
    select at, carrier, 'charge' as kind, reference, shipment_id, minor, currency from charges
    union all
    select voids.at, carrier, 'refund', reference, shipment_id, voids.minor, currency from voids join charges using (shipment_id))
   where not exists (select 1 from statement_lines) order by at;
create trigger if not exists charges_are_billed after insert on charges begin
  insert into statement_lines (at, carrier, kind, reference, shipment_id, minor, currency)
    values (new.at, new.carrier, 'charge', new.reference, new.shipment_id, new.minor, new.currency);
end;
create trigger if not exists voids_are_billed after insert on voids begin
  insert into statement_lines (at, carrier, kind, reference, shipment_id, minor, currency)
    select new.at, carrier, 'refund', reference, shipment_id, new.minor, currency from charges where shipment_id = new.shipment_id;
end;

${[
  'calls',
  'quoted_shipments',
  'payment_reports',
  'charges',
  'voids',
  'scans',
  'statement_lines',
  'notifications',
  'notification_attempts',
]
  .map(
    (table) => `
create trigger if not exists ${table}_never_change before update on ${table} begin select raise(abort, 'append-only'); end;
create trigger if not exists ${table}_never_go before delete on ${table} begin select raise(abort, 'append-only'); end;`,
  )
  .join('\n')}
`;
