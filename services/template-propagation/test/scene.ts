import { propagateDeactivation, propagateEnrollment } from '@ge/contracts';
import {
  type Database,
  EnrollmentEntity,
  OperationEntity,
  outgoing,
  type RowOf,
  SellerAddressEntity,
  SellerEntity,
  ShippingTemplateEntity,
  SkuEntity,
  startOperation,
} from '@ge/database';
import {
  type AddressId,
  currentFeeSchedule,
  type DomesticShipping,
  type OperationId,
  prefillFees,
  type SellerId,
  type TemplateId,
} from '@ge/domain';
import { enabledTemplateRow, sellerRow, skuRow, templateRow } from '@ge/testkit';

export const now = new Date('2026-03-02T17:00:00.000Z');

export const domesticShipping: DomesticShipping = {
  serviceLevels: [
    {
      level: 'standard',
      transitDays: { min: 4, max: 8 },
      fee: {
        kind: 'per_item',
        perShipment: { minor: 400, currency: 'USD' },
        perItem: { minor: 100, currency: 'USD' },
      },
    },
  ],
};

const internationalFees = prefillFees(currentFeeSchedule(now).version, 'shipment_based');

export const warehouse = {
  name: 'Cascade Outfitters',
  line1: '410 Terry Ave N',
  city: 'Seattle',
  state: 'WA',
  postalCode: '98109',
  country: 'US',
};

type TemplateRow = RowOf<typeof ShippingTemplateEntity>;

/** A template with all that Enroll needs; two SKUs per template are put beside it by `aSellerWith`. */
export const readyTemplate = (sellerId: string, no: number, change: Partial<TemplateRow> = {}): TemplateRow =>
  templateRow(sellerId, `${sellerId}-t${String(no).padStart(3, '0')}`, { domesticShipping, ...change });

export const enabledTemplate = (
  sellerId: string,
  no: number,
  commandNo: number,
  change: Partial<TemplateRow> = {},
): TemplateRow =>
  enabledTemplateRow(sellerId, `${sellerId}-t${String(no).padStart(3, '0')}`, commandNo, {
    domesticShipping,
    internationalFees,
    shipFrom: [`${sellerId}-adr` as AddressId],
    ...change,
  });

/** A seller with a valid general address and these templates, on each of which an eligible and a prohibited SKU lie. */
export async function aSellerWith(
  database: Database,
  id: string,
  templates: readonly TemplateRow[],
  address: typeof warehouse = warehouse,
): Promise<SellerId> {
  const generalAddressId = `${id}-adr` as AddressId;
  await database.transaction(async (tx) => {
    await tx.insert(SellerEntity, [sellerRow(id, { generalAddressId })]);
    await tx.insert(SellerAddressEntity, [{ id: generalAddressId, sellerId: id as SellerId, address, createdAt: now }]);
    await tx.insert(ShippingTemplateEntity, templates);
    await tx.insert(
      SkuEntity,
      templates.flatMap((template) => [
        skuRow(id, `${template.id}-good`, template.id),
        skuRow(id, `${template.id}-bad`, template.id, { verdict: 'prohibited' }),
      ]),
    );
  });
  return id as SellerId;
}

/** What the gateway writes when Enroll is pressed (R3). Returns the operation's id. */
export const enroll = (
  database: Database,
  sellerId: SellerId,
  commandNo: number,
  templateScope: readonly TemplateId[] | null = null,
): Promise<string> =>
  database.transaction(async (tx) => {
    const payload = { sellerId, commandNo };
    const operationId = await startOperation(tx, { kind: 'enroll', sellerId, now }, [
      outgoing(propagateEnrollment, { payload, sellerId, commandNo }),
    ]);
    await tx.query('delete from enrollments where seller_id = $1', [sellerId]);
    await tx.insert(EnrollmentEntity, [
      {
        sellerId,
        state: 'propagating',
        commandNo,
        templateScope,
        operationId: operationId as OperationId,
        enrolledAt: now,
        closedAt: null,
      },
    ]);
    return operationId;
  });

/** What the gateway writes when the programme is left with all templates (R19–R21). */
export const leave = (database: Database, sellerId: SellerId, commandNo: number): Promise<string> =>
  database.transaction((tx) =>
    startOperation(tx, { kind: 'deactivate', sellerId, now }, [
      outgoing(propagateDeactivation, { payload: { sellerId, commandNo }, sellerId, commandNo }),
    ]),
  );

export const templatesOf = (database: Database, sellerId: SellerId): Promise<TemplateRow[]> =>
  database.transaction((tx) => tx.select(ShippingTemplateEntity, 'where t.seller_id = $1 order by t.id', [sellerId]));

export const operation = async (database: Database, id: string) =>
  (await database.transaction((tx) => tx.find(OperationEntity, [id])))[0]!;

export const enrollmentOf = async (database: Database, sellerId: SellerId) =>
  (await database.transaction((tx) => tx.find(EnrollmentEntity, [sellerId])))[0];

export const mailsOf = (database: Database, sellerId: SellerId) =>
  database.query<{ kind: string; params: Record<string, number>; state: string }>(
    'select kind, params, state from mails where seller_id = $1 order by kind, params::text',
    [sellerId],
  );

export const logOf = (database: Database, sellerId: SellerId) =>
  database.query<{ name: string; outcome: string; reason: string | null }>(
    `select name, outcome, reason from message_log where seller_id = $1 order by message_id, id`,
    [sellerId],
  );

/** Everything that a run leaves behind for a seller, but for ids and times of their own making. */
export async function tracesOf(database: Database, sellerId: SellerId, operationId: string) {
  const { state, total, done, failed, counts } = await operation(database, operationId);
  const enrollment = await enrollmentOf(database, sellerId);
  return {
    templates: await templatesOf(database, sellerId),
    enrollment: enrollment && { state: enrollment.state, commandNo: enrollment.commandNo },
    operation: { state, total, done, failed, counts },
    mails: await mailsOf(database, sellerId),
    log: await logOf(database, sellerId),
  };
}
