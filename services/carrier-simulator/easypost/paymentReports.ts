import { randomBytes } from 'node:crypto';
import { Problem } from '../desk/problem.ts';
import type { StatementLine } from '../ledger/entries.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { ReportRequest } from './wire.ts';

/** What the reseller takes for a label beside its postage, in hundred-thousandths of a dollar: two and a half cents. */
const LABEL_FEE = 2_500;
const CENT = 1_000;
const MOST_DAYS = 31;
const DAY_MS = 86_400_000;
const EVERY_LINE = 1_000_000;

const columns = [
  'created_at',
  'id',
  'status',
  'source_type',
  'target_type',
  'charge_type',
  'amount',
  'balance',
  'description',
];

export interface PaymentReport {
  readonly id: string;
  readonly at: Date;
  readonly request: ReportRequest;
}

type Row = Readonly<Record<string, string>>;

/** Its log of payments: what it billed itself. Duty is none of it: that is between the carriers behind it and their customers. */
export class PaymentReports {
  readonly #ledger: Ledger;
  readonly #now: () => Date;

  constructor(ledger: Ledger, now: () => Date) {
    this.#ledger = ledger;
    this.#now = now;
  }

  /** Throws `malformed` for days that are no range of a report. */
  create(request: ReportRequest): PaymentReport {
    const days = (Date.parse(request.end_date) - Date.parse(request.start_date)) / DAY_MS;
    if (days < 0 || days >= MOST_DAYS) throw new Problem('malformed');
    const report = { id: `plrep_${randomBytes(16).toString('hex')}`, at: this.#now(), request };
    this.#ledger
      .prepared('insert into payment_reports (id, at, request) values (?, ?, ?)')
      .run(report.id, report.at.getTime(), JSON.stringify(request));
    return report;
  }

  /** Newest first. */
  newest(limit: number): readonly PaymentReport[] {
    const rows = this.#ledger
      .prepared('select id, at, request from payment_reports order by seq desc limit ?')
      .all(limit);
    return rows.map(reportOf);
  }

  /** Throws `shipment_unknown`, which is what it says of anything that it does not know. */
  report(id: string): PaymentReport {
    const row = this.#ledger.prepared('select id, at, request from payment_reports where id = ?').get(id);
    if (!row) throw new Problem('shipment_unknown');
    return reportOf(row);
  }

  isEmpty(report: PaymentReport): boolean {
    return this.#lines(report).length === 0;
  }

  csv(report: PaymentReport): string {
    const names = [...columns, ...report.request.additional_columns];
    const rows = this.#lines(report).map((line) => rowOf(line));
    return [names.join(), ...rows.map((row) => names.map((name) => row[name] ?? '').join())].join('\n').concat('\n');
  }

  #lines({ at, request }: PaymentReport): readonly StatementLine[] {
    const [from, to] = [Date.parse(request.start_date), Date.parse(request.end_date) + DAY_MS];
    const all = this.#ledger.statement('easypost', 0, EVERY_LINE);
    const isIn = (one: StatementLine) => one.at <= at && one.at.getTime() >= from && one.at.getTime() < to;
    return all.filter((one) => one.kind !== 'duty' && isIn(one));
  }
}

const reportOf = (row: Readonly<Record<string, unknown>>): PaymentReport => ({
  id: String(row.id),
  at: new Date(Number(row.at)),
  request: JSON.parse(String(row.request)) as ReportRequest,
});

const dollars = (amount: number): string => `$${(amount / (100 * CENT)).toFixed(5)}`;

function rowOf({ lineNo, at, kind, shipmentId, minor }: StatementLine): Row {
  const postage = Math.abs(minor) * CENT;
  const isCredit = kind === 'refund' || minor < 0;
  const sold = { amount_label_fee: dollars(LABEL_FEE), amount_postage_fee: dollars(postage) };
  const weighedAgain = { other: 'delta', amount_delta_fee: dollars(postage) };
  return {
    created_at: at.toISOString().replace(/\.\d+Z$/, 'Z'),
    id: `paylog_${String(lineNo).padStart(32, '0')}`,
    status: 'complete',
    source_type: isCredit ? 'refund' : 'user',
    target_type: isCredit ? 'user' : 'easypost_bank',
    charge_type: isCredit ? (kind === 'refund' ? 'refund' : 'partial_refund') : 'service_fee',
    amount: dollars(kind === 'adjustment' ? postage : postage + LABEL_FEE),
    balance: dollars(0),
    shipment_id: shipmentId,
    ...(kind === 'adjustment' ? weighedAgain : sold),
  };
}
