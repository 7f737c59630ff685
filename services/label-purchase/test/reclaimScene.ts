import type { Carrier, StatementPage } from '@ge/carriers';
import { reconcileCarrier as job } from '@ge/contracts';
import {
  ChargeReclaimEntity,
  type LabelRow,
  LedgerTransferEntity,
  outgoing,
  StatementDifferenceEntity,
  type StatementDifferenceRow,
  startOperation,
} from '@ge/database';
import { balanceOf, type LedgerAccount, type ReclaimPolicy, type StatementLine } from '@ge/domain';
import { runOwed, shipFrom, shipTo } from '@ge/testkit';
import { buyLabel } from '../buyLabel.ts';
import type { CarrierDesk } from '../carrierDesk.ts';
import { prepareRequest } from '../purchaseRequest.ts';
import { reclaimCharge } from '../reclaimCharge.ts';
import { reconcileCarrier } from '../reconcileCarrier.ts';
import type { LabelRig } from './labelRig.ts';

export const express = 'simulator-express';

/** A carrier that charged beside a label, and what becomes of that. */
export function reclaimScene(rigOf: () => LabelRig) {
  const owed = (handler: Parameters<typeof runOwed>[1]) => runOwed(rigOf().db.database, handler, true);
  const setLabel = (id: string, change: string) =>
    rigOf().db.database.query(`update label_purchases set ${change} where id = $1`, [id]);

  /** A label that was bought an hour ago, and the shipment that the carrier charged beside it. */
  async function chargedTwice() {
    await rigOf().request(await rigOf().addOrders(1));
    await owed(buyLabel(rigOf().desk()));
    const [label] = (await rigOf().labels()).slice(-1);
    const carrier = rigOf().desk().carriers.carrierById(express)!;
    const again = await carrier.buy(prepareRequest(carrier, label!, shipFrom, shipTo), { timeoutMs: 5_000 });
    if (again.kind !== 'purchased') throw new Error(JSON.stringify(again));
    await setLabel(label!.id, `ended_at = ended_at - interval '1 hour', sent_at = sent_at - interval '1 hour'`);
    return { label: label!, further: again };
  }

  /** The desk, where the statement of every carrier shows what was at that moment: as a report that was made some time ago. */
  const deskOfReports = (asOf: Date): CarrierDesk => deskWithPages((page) => ({ ...page, asOf }));

  /** The desk, where the statement goes on with these lines about a label, each of its whole charge. */
  const deskThatBills = (more: readonly Pick<StatementLine, 'kind' | 'shipmentRef'>[], label: LabelRow): CarrierDesk =>
    deskWithPages((page, after) => ({
      ...page,
      lines: more.map((line, no) => ({
        ...{ ...line, carrierId: express, lineNo: after + 1 + no, reference: label.id, at: new Date() },
        ...label.charge!,
      })),
    }));

  function deskWithPages(change: (page: StatementPage, after: number) => StatementPage): CarrierDesk {
    const desk = rigOf().desk();
    const carriers = desk.carriers.carriers.map((carrier): Carrier => {
      const statement: Carrier['statement'] = async (after, options) => {
        const page = await carrier.statement(after, options);
        return page.kind === 'page' ? { ...page, ...change(page, after) } : page;
      };
      return Object.create(carrier, { statement: { value: statement } });
    });
    const carrierById = (id: string) => carriers.find(({ profile }) => profile.id === id);
    return { ...desk, carriers: { ...desk.carriers, carriers, carrierById } };
  }

  async function reconcile(policy: ReclaimPolicy = 'charged_again', desk = rigOf().desk()): Promise<void> {
    await rigOf().db.database.transaction((tx) =>
      startOperation(tx, { kind: job.name, sellerId: null, now: new Date() }, [
        outgoing(job, { payload: { carrierId: express }, sellerId: null }),
      ]),
    );
    await owed(reconcileCarrier(desk, 0, policy));
  }

  const rows = () => rigOf().db.database.transaction((tx) => tx.select(ChargeReclaimEntity, 'order by t.shipment_ref'));
  const open = async (): Promise<StatementDifferenceRow['kind'][]> =>
    (
      await rigOf().db.database.transaction((tx) => tx.select(StatementDifferenceEntity, 'where t.settled_at is null'))
    ).map(({ kind }) => kind);
  const balances = async () => {
    const booked = await rigOf().db.database.transaction((tx) => tx.select(LedgerTransferEntity, 'order by t.id'));
    const of = (account: LedgerAccount) => balanceOf(account, booked).get('USD')?.minor ?? 0;
    return {
      kinds: booked.map(({ kind }) => kind),
      seller: of('seller'),
      carrier: of('carrier'),
      platform: of('platform'),
    };
  };
  const voidedShipments = async () => {
    const { charges } = await rigOf().ledger();
    return charges.filter(({ voidedAt }) => voidedAt !== null).map(({ trackingId }) => trackingId);
  };

  /** What becomes of a reclaim whose job is dead. */
  async function giveUp({ id: labelId, sellerId }: LabelRow, shipmentRef: string): Promise<void> {
    const { onDead } = reclaimCharge(rigOf().desk());
    const payload = { sellerId, labelId, carrierId: express, shipmentRef };
    await rigOf().db.database.transaction(async (tx) => {
      await onDead!(tx, [{ message: { payload } as never, reason: 'a defect' }], new Date());
      await onDead!(tx, [{ message: { payload: null } as never, reason: 'a defect' }], new Date());
    });
  }

  const isSomebodyWaiting = async (): Promise<boolean> => {
    const [row] = await rigOf().db.database.query<{ waits: boolean }>(
      `select exists (select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock') as waits`,
    );
    return row!.waits;
  };

  return {
    owed,
    setLabel,
    chargedTwice,
    deskOfReports,
    deskThatBills,
    deskWithPages,
    reconcile,
    rows,
    open,
    balances,
    voidedShipments,
    giveUp,
    isSomebodyWaiting,
  };
}
