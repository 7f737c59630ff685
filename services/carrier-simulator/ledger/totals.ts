import type { Ledger } from './ledger.ts';

/** The book in numbers; amounts in cents (USD). `doubleCharged`: references with more than one charge that is not voided. */
export interface LedgerTotals {
  readonly calls: Readonly<Record<string, number>>;
  readonly charges: number;
  readonly chargedMinor: number;
  readonly voids: number;
  readonly refundedMinor: number;
  readonly doubleCharged: number;
  readonly faults: Readonly<Record<string, number>>;
}

export function ledgerTotals(ledger: Ledger): LedgerTotals {
  const counted = (sql: string): Record<string, number> =>
    Object.fromEntries(
      ledger
        .prepared(sql)
        .all()
        .map((row) => [String(row.name), Number(row.n)]),
    );
  const charges = ledger.prepared('select count(*) as n, coalesce(sum(minor), 0) as minor from charges').get();
  const voids = ledger.prepared('select count(*) as n, coalesce(sum(minor), 0) as minor from voids').get();
  const doubles = ledger
    .prepared(
      `select count(*) as n from (select 1 from charges left join voids using (shipment_id)
       where voids.seq is null group by carrier, reference having count(*) > 1)`,
    )
    .get();
  return {
    calls: counted('select operation as name, count(*) as n from calls group by operation'),
    charges: Number(charges?.n),
    chargedMinor: Number(charges?.minor),
    voids: Number(voids?.n),
    refundedMinor: Number(voids?.minor),
    doubleCharged: Number(doubles?.n),
    faults: counted('select fault as name, count(*) as n from calls where fault is not null group by fault'),
  };
}
