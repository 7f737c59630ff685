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

${['calls', 'charges', 'voids', 'scans']
  .map(
    (table) => `
create trigger if not exists ${table}_never_change before update on ${table} begin select raise(abort, 'append-only'); end;
create trigger if not exists ${table}_never_go before delete on ${table} begin select raise(abort, 'append-only'); end;`,
  )
  .join('\n')}
`;
