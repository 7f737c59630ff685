import { type CarrierId, type CarrierSettings, createCarrierRegistry, purchaseKey } from '@ge/carriers';
import { buyLabel } from '@ge/contracts';
import {
  type Database,
  LabelPurchaseEntity,
  type LabelRow,
  newId,
  OrderEntity,
  type OrderRow,
  outgoing,
  SellerAddressEntity,
  SellerEntity,
  SkuEntity,
  startOperation,
} from '@ge/database';
import {
  type AddressId,
  type CalendarDate,
  type CountryCode,
  declareShipment,
  type LabelFormat,
  type LabelId,
  type OrderId,
  type Parcel,
  requestLabel,
  type SellerId,
  type ShipmentDeclaration,
  type SkuCode,
} from '@ge/domain';
import { parcel as measures, sellerRow, shipFrom, shipTo, skuRow } from '@ge/testkit';

export const seller = 'S-1' as SellerId;
const shipFromId = 'adr_1' as AddressId;
/** What the simulator wants of its clients. */
export const carrierKey = 'a-carrier-key-for-tests';
/** Where the simulator speaks EasyPost's dialect, as `CARRIERS` names it. */
export const easypostAt = (url: string) => ({
  url: `${url}/easypost`,
  apiKey: carrierKey,
  dutyPaidServices: ['DHLExpress/P', 'UPS'],
});

function carrierAt(id: CarrierId, url: string): CarrierSettings {
  if (id !== 'easypost') return { id, baseUrl: url, apiKey: carrierKey };
  const { url: baseUrl, apiKey, dutyPaidServices } = easypostAt(url);
  return { id, baseUrl, apiKey, terms: { dutyPaidServices } };
}

/** All that may go wrong with the answer to a purchase, before or after it was charged. */
export const answersGoneWrong = [
  { kind: 'connection_lost_after' },
  { kind: 'no_answer_after' },
  { kind: 'ok_without_label' },
  { kind: 'label_damaged' },
  { kind: 'not_json' },
  { kind: 'slow_answer', ms: 1_500 },
  { kind: 'error_after' },
  { kind: 'error_before' },
  { kind: 'no_answer_before' },
  { kind: 'connection_lost_before' },
  { kind: 'late_charge', afterMs: 1_200 },
  { kind: 'rate_limited', retryAfterSeconds: 1 },
] as const;

export interface Wanted {
  readonly carrier?: CarrierId;
  readonly format?: LabelFormat;
  readonly parcelNo?: number;
  /** Of the two shirts of every order. */
  readonly pieces?: number;
}

const sku = skuRow(seller, 'SHIRT', 'T-1', {
  title: 'Cotton shirt',
  exportData: {
    category: 'apparel',
    hsCode: '6205.20',
    originCountry: 'VN',
    weightGrams: 250,
    value: { minor: 25_99, currency: 'USD' },
  },
});

/** A seller with an address and one SKU. */
export const putShop = (database: Database): Promise<void> =>
  database.transaction(async (tx) => {
    await tx.insert(SellerEntity, [sellerRow(seller, { generalAddressId: shipFromId })]);
    await tx.insert(SellerAddressEntity, [{ id: shipFromId, sellerId: seller, address: shipFrom }]);
    await tx.insert(SkuEntity, [sku]);
  });

const orderRow = (id: string, now: Date, change: Partial<OrderRow> = {}): OrderRow => ({
  id: id as OrderId,
  sellerId: seller,
  isGlobalExpress: true,
  destination: 'DE' as CountryCode,
  shipTo,
  lines: [
    {
      lineId: 'L1',
      sku: 'SHIRT' as SkuCode,
      quantity: 2,
      unitPrice: { minor: 25_99, currency: 'USD' },
      accepted: true,
      refusals: [],
      templateId: null,
      templateVersion: null,
      settingVersion: null,
      confirmedQuantity: 0,
    },
  ],
  state: 'pending',
  handlingDays: 2,
  shipBy: new Date(now.getTime() + 86_400_000),
  importFeeDeposit: null,
  payout: 'pending',
  payoutReason: null,
  regionSettingVersion: 0,
  suspensionVersion: 0,
  createdAt: now,
  confirmedAt: null,
  cancelledBy: null,
  countsAgainstSeller: null,
  refundedBy: null,
  refundedAt: null,
  ...change,
});

let drawn = 0;

export async function addOrders(
  database: Database,
  count: number,
  change: Partial<OrderRow> = {},
): Promise<readonly OrderId[]> {
  const rows = Array.from({ length: count }, () => {
    drawn += 1;
    return orderRow(`111-0000000-${String(drawn).padStart(7, '0')}`, new Date(), change);
  });
  await database.transaction((tx) => tx.insert(OrderEntity, rows));
  return rows.map((row) => row.id);
}

/** What the gateway does with a purchase: it asks for offers, then writes the intent and the message in one transaction. */
export async function request(
  database: Database,
  url: string,
  orderIds: readonly OrderId[],
  { carrier: carrierId = 'simulator-express', format = 'ZPL203', parcelNo = 1, pieces = 2 }: Wanted = {},
): Promise<readonly LabelRow[]> {
  const now = new Date();
  const parcel: Parcel = { ...measures, contents: [{ lineId: 'L1', quantity: pieces }] };
  const shipDate = now.toISOString().slice(0, 10) as CalendarDate;
  const registry = createCarrierRegistry([carrierAt(carrierId, url)]);
  const quote = async ({ lines, exportFiling }: Pick<ShipmentDeclaration, 'lines' | 'exportFiling'>) => {
    const declaredValue = { minor: 51_98, currency: 'USD' } as const;
    const about = { shipFrom, shipTo, parcel, declaredValue, shipDate, hasDangerousGoods: false };
    const asked = { ...about, lines, exportFiling, labelFormat: format };
    const quoted = await registry.carrierById(carrierId)!.quote(asked, { timeoutMs: 5_000 });
    if (quoted.kind !== 'quoted' || !quoted.offers[0]) throw new Error(`no offer: ${quoted.kind}`);
    return quoted.offers[0];
  };
  const skus = new Map([[sku.sku, sku]]);
  const orders = await database.transaction((tx) => tx.find(OrderEntity, orderIds));
  const declared = orders.map((order) => {
    const declaration = declareShipment({ order, parcel, skus, shipFromId, shipDate, itn: null }, now);
    if (!declaration.ok) throw new Error(JSON.stringify(declaration));
    return declaration.value;
  });
  // EasyPost sells what it quoted once; the simulated carriers sell an offer to all of these alike.
  const offers = carrierId === 'easypost' ? await Promise.all(declared.map(quote)) : [await quote(declared[0]!)];
  await registry.close();
  return database.transaction(async (tx) => {
    await tx.lock(OrderEntity, orderIds);
    const rows = orders.map((order, i): LabelRow => {
      const labelId = newId<LabelId>('lbl');
      const label = requestLabel(
        {
          labelId,
          parcelNo,
          parcel,
          offer: offers[i] ?? offers[0]!,
          quotedFor: { orderId: order.id, parcelNo },
          format,
          idempotencyKey: purchaseKey(carrierId, labelId),
        },
        { order, labels: [], suspended: false },
        now,
      );
      if (!label.ok) throw new Error(JSON.stringify(label));
      return { ...label.value, declaration: declared[i]! };
    });
    await tx.insert(LabelPurchaseEntity, rows);
    for (const { id: labelId } of rows) {
      await startOperation(tx, { kind: 'buy-label', sellerId: seller, now }, [
        outgoing(buyLabel, { payload: { sellerId: seller, labelId }, sellerId: seller }),
      ]);
    }
    return rows;
  });
}
