import { reconcileCarrier } from '@ge/contracts';
import type { ChargeReclaim, LabelId, ReclaimState } from '@ge/domain';
import {
  CarrierStatementEntity,
  ChargeReclaimEntity,
  LabelPurchaseEntity,
  StatementDifferenceEntity,
  StatementLineEntity,
} from '../entities/index.ts';
import type { RowOf } from '../rows/table.ts';
import type { Transaction } from '../transaction.ts';
import type { LabelRow } from './labels.ts';

export type CarrierStatementRow = RowOf<typeof CarrierStatementEntity>;
export type StatementLineRow = RowOf<typeof StatementLineEntity>;
export type StatementDifferenceRow = RowOf<typeof StatementDifferenceEntity>;

/** Locks how far a carrier's statement was read; the row is made where there is none. */
export async function lockStatement(tx: Transaction, carrierId: string): Promise<CarrierStatementRow> {
  await tx.insert(CarrierStatementEntity, [{ carrierId }], true);
  const [row] = await tx.lock(CarrierStatementEntity, [carrierId]);
  return row!;
}

/** How far a carrier's statement was read; null where it never was. */
export async function findStatement(tx: Transaction, carrierId: string): Promise<CarrierStatementRow | null> {
  const [row] = await tx.find(CarrierStatementEntity, [carrierId]);
  return row ?? null;
}

/** Whether a reading of this carrier's statement is owed, or under way. */
export async function isReadingOwed(tx: Transaction, carrierId: string): Promise<boolean> {
  const [owed] = await tx.query(
    `select from messages where queue = $1 and name = $2 and state = 'ready' and payload->>'carrierId' = $3 limit 1`,
    [reconcileCarrier.queue, reconcileCarrier.name, carrierId],
  );
  return owed !== undefined;
}

/** A line that charges something or gives it back. */
export type PaidLine = Pick<StatementLineRow, 'lineNo' | 'kind' | 'reference' | 'shipmentRef' | 'minor' | 'currency'>;

/** Lines of a statement that charge something or give it back, of these references. */
export const chargesAndRefundsOf = (
  tx: Transaction,
  carrierId: string,
  references: readonly string[],
): Promise<PaidLine[]> =>
  tx.select(
    StatementLineEntity,
    `where t.carrier_id = $1 and t.reference = any($2::text[]) and t.kind in ('charge', 'refund')`,
    [carrierId, references],
    ['lineNo', 'kind', 'reference', 'shipmentRef', 'minor', 'currency'],
  );

/** What was asked back of what these lines charge, by line. */
export async function reclaimsOfLines(
  tx: Transaction,
  carrierId: string,
  lineNos: readonly number[],
): Promise<ReadonlyMap<number, ChargeReclaim>> {
  const keys = lineNos.map((lineNo) => [carrierId, lineNo] as const);
  const lines = await tx.find(StatementLineEntity, keys, ['lineNo', 'shipmentRef']);
  const found = await findReclaims(tx, carrierId, new Set(lines.map(({ shipmentRef }) => shipmentRef)));
  const reclaims = new Map(found.map((reclaim) => [reclaim.shipmentRef, reclaim]));
  return new Map(
    lines.flatMap(({ lineNo, shipmentRef }) => {
      const reclaim = reclaims.get(shipmentRef);
      return reclaim ? [[lineNo, reclaim]] : [];
    }),
  );
}

/** What was asked back of these shipments, without locking it. */
export const findReclaims = (
  tx: Transaction,
  carrierId: string,
  shipmentRefs: ReadonlySet<string>,
): Promise<ChargeReclaim[]> =>
  tx.find(
    ChargeReclaimEntity,
    [...shipmentRefs].map((shipmentRef) => [carrierId, shipmentRef]),
  );

/** What was asked back of a carrier, in this state or in any; `after` is the shipment of the last one seen. */
export const reclaimPage = (
  tx: Transaction,
  carrierId: string,
  state: ReclaimState | null,
  after: string,
  limit: number,
): Promise<ChargeReclaim[]> =>
  tx.select(
    ChargeReclaimEntity,
    `where t.carrier_id = $1 and ($2::text is null or t.state = $2) and t.shipment_ref > $3
     order by t.shipment_ref limit $4`,
    [carrierId, state, after, limit],
  );

/**
 * Lines about what was asked back that may differ by now: those that charge what has been answered since and that this statement
 * does not give back, those that give back what is booked as charged and not as given back, and those of a shipment that its label
 * holds by now.
 */
export const furtherLinesInDoubt = (tx: Transaction, carrierId: string, limit: number): Promise<StatementLineRow[]> =>
  tx.select(
    StatementLineEntity,
    `join charge_reclaims r on r.carrier_id = t.carrier_id and r.label_id = t.reference and r.shipment_ref = t.shipment_ref
      where t.carrier_id = $1
        and (t.kind = 'charge' and r.state in ('given', 'refused')
             and not exists (select from statement_lines l
                              where l.carrier_id = t.carrier_id and l.reference = t.reference and l.shipment_ref = t.shipment_ref
                                and l.kind = 'refund')
             or t.kind = 'refund' and t.minor > 0
             and not exists (select from ledger_transfers b
                              where b.id = 'further_refund/' || r.carrier_id || '/' || r.shipment_ref)
             or t.kind in ('charge', 'refund')
             and exists (select from label_purchases p where p.id = r.label_id and p.shipment_ref = r.shipment_ref))
      order by t.line_no limit $2`,
    [carrierId, limit],
  );

/** Differences that are not settled; `after` is the subject of the last one seen. */
export const openDifferences = (
  tx: Transaction,
  carrierId: string,
  after: string,
  limit: number,
): Promise<StatementDifferenceRow[]> =>
  tx.select(
    StatementDifferenceEntity,
    'where t.carrier_id = $1 and t.settled_at is null and t.subject > $2 order by t.subject limit $3',
    [carrierId, after, limit],
  );

/** Labels bought at a carrier before a moment that no line of its statement charges. */
export const labelsWithoutCharge = (
  tx: Transaction,
  carrierId: string,
  boughtBefore: Date,
  limit: number,
): Promise<Pick<LabelRow, 'id' | 'charge'>[]> =>
  tx.select(
    LabelPurchaseEntity,
    `where t.carrier_id = $1 and t.shipment_ref is not null and t.ended_at < $2
       and t.state in ('purchased', 'voiding', 'voided', 'void_refused')
       and not exists (select from statement_lines l
                        where l.carrier_id = $1 and l.reference = t.id and l.shipment_ref = t.shipment_ref and l.kind in ('charge', 'billed_elsewhere'))
     order by t.id limit $3`,
    [carrierId, boughtBefore, limit],
    ['id', 'charge'],
  );

/**
 * The labels whose offers were made for these shipments of a reseller: its offer tokens begin with the shipment, up to a point.
 * They are found so whatever became of their purchase.
 */
export const labelsOfShipments = (
  tx: Transaction,
  carrierId: string,
  shipmentRefs: readonly string[],
): Promise<Pick<LabelRow, 'id' | 'offerToken'>[]> =>
  tx.select(
    LabelPurchaseEntity,
    `where t.carrier_id = $1 and t.offer_token like 'shp\\_%' and split_part(t.offer_token, '.', 1) = any($2::text[])
     order by t.id`,
    [carrierId, shipmentRefs],
    ['id', 'offerToken'],
  );

/** The labels with these ids, without locking them. */
export const labelsOfReferences = (tx: Transaction, references: readonly string[]): Promise<LabelRow[]> =>
  tx.find(LabelPurchaseEntity, references as readonly LabelId[]);
