import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { CarrierName, ShipmentOrder } from '../desk/shipment.ts';
import type { BilledLater, Charge, ChargeRow, NewCall, NewCharge, ScanCode, StatementLine } from './entries.ts';
import { chargeOf } from './entries.ts';
import { ledgerSchema } from './schema.ts';

const CHARGE_COLUMNS = `charges.*, voids.at as voided_at, voids.minor as refunded_minor`;
const CHARGES = `from charges left join voids using (shipment_id)`;

export interface ChargesNamed {
  readonly carrier?: CarrierName | undefined;
  readonly reference?: string | undefined;
  readonly trackingId?: string | undefined;
}

/** The database of charges; one process writes it. Survives that process, not the loss of its file. */
export class Ledger {
  readonly database: DatabaseSync;
  /** Tells this book, and the simulator that writes it, from every other one; for the life of the database. */
  readonly simulatorId: string;
  readonly #statements = new Map<string, StatementSync>();

  /** `file`: a path, or `:memory:`. */
  constructor(file: string) {
    this.database = new DatabaseSync(file);
    this.database.exec('pragma journal_mode = wal; pragma synchronous = normal; pragma foreign_keys = on;');
    this.database.exec(ledgerSchema);
    this.fact('offer_secret', () => randomBytes(32).toString('hex'));
    this.fact('tracking_base', () => String(randomInt(1_000_000, 90_000_000)));
    this.simulatorId = this.fact('simulator_id', () => randomUUID());
  }

  /** A value made once and kept for the life of the database. */
  fact(name: string, make: () => string): string {
    this.prepared('insert into facts (name, value) values (?, ?) on conflict do nothing').run(name, make());
    return String(this.prepared('select value from facts where name = ?').get(name)?.value);
  }

  addCall(call: NewCall, at: Date): void {
    this.prepared(
      'insert into calls (at, carrier, operation, key, reference, body_hash, fault) values (?, ?, ?, ?, ?, ?, ?)',
    ).run(
      at.getTime(),
      call.carrier,
      call.operation,
      call.key ?? null,
      call.reference ?? null,
      call.bodyHash ?? null,
      call.fault ?? null,
    );
  }

  /**
   * How often this was asked before, so that a seeded fault is the same whatever runs beside it. Who came while nobody was
   * served was not asked.
   */
  countCalls(carrier: CarrierName, operation: string, reference: string | undefined): number {
    const row = this.prepared(
      `select count(*) as n from calls where reference is ? and carrier = ? and operation = ?
          and (fault is null or fault not in ('outage', 'rate_storm'))`,
    ).get(reference ?? null, carrier, operation);
    return Number(row?.n);
  }

  /** Writes a charge; the tracking number is made from its place in the book, so it is unique. */
  addCharge(charge: NewCharge, trackingId: (serial: number) => string, at: Date): Charge {
    const base = Number(this.fact('tracking_base', () => '1000000'));
    const next = Number(this.prepared('select coalesce(max(seq), 0) + 1 as seq from charges').get()?.seq);
    this.prepared(
      `insert into charges (at, carrier, shipment_id, tracking_id, key, reference, body_hash, service, minor, currency, shipment)
       values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ).run(
      at.getTime(),
      charge.carrier,
      charge.shipmentId,
      trackingId(base + next),
      charge.key ?? null,
      charge.order.reference,
      charge.bodyHash,
      charge.order.serviceCode,
      charge.minor,
      'USD',
      JSON.stringify(charge.order satisfies ShipmentOrder),
    );
    return this.byShipment(charge.carrier, charge.shipmentId)!;
  }

  /** Keeps what a reseller quoted, as JSON: what is bought later is this very shipment. */
  addQuoted(id: string, shipment: string, at: Date): void {
    this.prepared('insert into quoted_shipments (id, at, shipment) values (?, ?, ?)').run(id, at.getTime(), shipment);
  }

  quoted(id: string): string | undefined {
    const row = this.prepared('select shipment from quoted_shipments where id = ?').get(id);
    return row && String(row.shipment);
  }

  byKey(carrier: CarrierName, key: string): Charge | undefined {
    return this.#charges('where carrier = ? and key = ? order by charges.seq limit 1', carrier, key)[0];
  }

  listByKey(carrier: CarrierName, key: string): readonly Charge[] {
    return this.#charges('where carrier = ? and key = ? order by charges.seq limit 100', carrier, key);
  }

  listByReference(carrier: CarrierName, reference: string): readonly Charge[] {
    return this.#charges('where carrier = ? and reference = ? order by charges.seq limit 100', carrier, reference);
  }

  byShipment(carrier: CarrierName, shipmentId: string): Charge | undefined {
    return this.#charges('where carrier = ? and shipment_id = ?', carrier, shipmentId)[0];
  }

  byTracking(trackingId: string): Charge | undefined {
    return this.#charges('where tracking_id = ?', trackingId)[0];
  }

  /** Charges after this one, in order; of one carrier, reference or parcel where named. */
  page(after: number, limit: number, only: ChargesNamed = {}): readonly Charge[] {
    const named = [
      ['carrier', only.carrier],
      ['reference', only.reference],
      ['tracking_id', only.trackingId],
    ] as const;
    const given = named.flatMap(([column, value]) => (value === undefined ? [] : [[column, value] as const]));
    const where = given.map(([column]) => ` and ${column} = ?`).join('');
    const values = given.map(([, value]) => value);
    return this.#charges(`where charges.seq > ?${where} order by charges.seq limit ?`, after, ...values, limit);
  }

  addVoid(shipmentId: string, minor: number, at: Date): void {
    this.prepared('insert into voids (at, shipment_id, minor) values (?, ?, ?)').run(at.getTime(), shipmentId, minor);
  }

  /** Bills something of a shipment beside its charge. */
  bill({ carrier, shipmentId, order }: Charge, kind: BilledLater, minor: number, at: Date): void {
    this.prepared(
      `insert into statement_lines (at, carrier, kind, reference, shipment_id, minor, currency) values (?, ?, ?, ?, ?, ?, 'USD')`,
    ).run(at.getTime(), carrier, kind, order.reference, shipmentId, minor);
  }

  isBilled(shipmentId: string, kind: BilledLater): boolean {
    const row = this.prepared('select 1 from statement_lines where shipment_id = ? and kind = ?').get(shipmentId, kind);
    return row !== undefined;
  }

  /** Lines of a carrier's statement after this one, in order. */
  statement(carrier: CarrierName, after: number, limit: number): readonly StatementLine[] {
    return this.prepared(
      `select line_no, at, kind, reference, shipment_id, minor from statement_lines
        where carrier = ? and line_no > ? order by line_no limit ?`,
    )
      .all(carrier, after, limit)
      .map((row) => ({
        lineNo: Number(row.line_no),
        at: new Date(Number(row.at)),
        kind: String(row.kind) as StatementLine['kind'],
        reference: String(row.reference),
        shipmentId: String(row.shipment_id),
        minor: Number(row.minor),
        currency: 'USD',
      }));
  }

  addScan(trackingId: string, code: ScanCode, at: Date): void {
    this.prepared('insert into scans (tracking_id, code, at) values (?, ?, ?)').run(trackingId, code, at.getTime());
  }

  scans(trackingId: string): readonly { readonly code: ScanCode; readonly at: Date }[] {
    return this.prepared('select code, at from scans where tracking_id = ? order by seq')
      .all(trackingId)
      .map((row) => ({ code: String(row.code) as ScanCode, at: new Date(Number(row.at)) }));
  }

  /** All or nothing; the work must not wait for anything. */
  inTransaction<T>(work: () => T): T {
    this.database.exec('begin immediate');
    try {
      const result = work();
      this.database.exec('commit');
      return result;
    } catch (error) {
      this.database.exec('rollback');
      throw error;
    }
  }

  prepared(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (!statement) {
      statement = this.database.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }

  close(): void {
    this.database.close();
  }

  #charges(where: string, ...parameters: (string | number | null)[]): readonly Charge[] {
    const rows = this.prepared(`select ${CHARGE_COLUMNS} ${CHARGES} ${where}`).all(...parameters);
    return (rows as unknown as ChargeRow[]).map(chargeOf);
  }
}
