import { describe, expect, test } from 'vitest';
import {
  type AddressId,
  type BatchBooks,
  type BatchItemWish,
  type BatchTerms,
  type CalendarDate,
  exactPrice,
  type JudgedItem,
  judgeBatchItems,
  type KeptOffer,
  type OrderId,
  type Parcel,
  type SkuCode,
} from '../../src/index.ts';
import { aBoughtLabel, anOffer, aParcel } from '../builders/aLabel.ts';
import { anOrder, orderId } from '../builders/anOrder.ts';
import { aSeller } from '../builders/aSeller.ts';
import { aSku } from '../builders/aSku.ts';
import { aMoment } from '../builders/moments.ts';
import { product } from '../eligibility/products.ts';

const seller = aSeller({ generalAddressId: 'adr_one' as AddressId });
const shipFrom = {
  name: 'Blue Ridge Outfitters LLC',
  line1: '1200 Market Street',
  city: 'Denver',
  state: 'CO',
  postalCode: '80202',
  country: 'US',
  phone: '+1 303 555 0100',
};
const exportData = product({ hsCode: '6109.10', originCountry: 'VN', weightGrams: 200 });
const order = anOrder();

const books = (change: Partial<BatchBooks> = {}): BatchBooks => ({
  suspensions: [],
  sellers: new Map([[order.sellerId, seller]]),
  skus: new Map([[order.sellerId, new Map([['SHIRT-1' as SkuCode, aSku('SHIRT-1', { exportData })]])]]),
  templates: new Map(),
  addresses: new Map([['adr_one' as AddressId, { sellerId: order.sellerId, address: shipFrom }]]),
  orders: new Map([[orderId, order]]),
  labels: new Map(),
  offers: new Map(),
  ...change,
});

const wish = (change: { parcelNo?: number; parcel?: Parcel; orderId?: string } = {}): BatchItemWish => ({
  parcelNo: 1,
  parcel: aParcel(),
  choose: 'cheapest',
  itn: null,
  ...change,
  orderId: (change.orderId ?? orderId) as OrderId,
});
const named = (offerToken: string): BatchItemWish => ({ orderId, offerToken, itn: null });
const kept = (change: Partial<KeptOffer> = {}): KeptOffer => ({
  orderId,
  parcelNo: 1,
  parcel: aParcel(),
  shipDate: '2026-03-04' as CalendarDate,
  offer: anOffer(),
  ...change,
});

const judge = (
  wishes: readonly BatchItemWish[],
  known: Partial<BatchBooks> = {},
  terms: Partial<BatchTerms> = {},
  now = aMoment,
) =>
  judgeBatchItems(
    wishes,
    { sellerId: order.sellerId, format: 'PDF', priceTolerance: null, ...terms },
    books(known),
    now,
  );
const shown = ({ state, refusals }: JudgedItem) =>
  state === 'refused' ? refusals.map(({ code, field }) => `${code} ${field}`) : state;

describe('items of a batch are judged before anything is bought (R17)', () => {
  test('by the rules of a single request, each with its own errors at their fields', () => {
    const judged = judge([
      wish({ parcel: aParcel({ weightGrams: 0, lengthMm: 1.5 }) }),
      wish({ parcelNo: 2, parcel: aParcel({ contents: [{ lineId: 'L9', quantity: 1 }] }) }),
      wish({ orderId: '111-0000000-0000000' }),
      wish(),
    ]);
    expect(judged.map(shown)).toEqual([
      ['parcel.weight_invalid /parcel/weightGrams', 'parcel.size_invalid /parcel/lengthMm'],
      ['parcel.line_unknown /parcel/contents/0/lineId'],
      ['order.unknown /orderId'],
      'waiting',
    ]);
  });

  test("another seller's order is as unknown as none", () => {
    expect(judge([wish()], {}, { sellerId: 'S-other' as typeof order.sellerId }).map(shown)).toEqual([
      ['order.unknown /orderId'],
    ]);
  });

  test('a parcel named twice is refused the second time, but where the first was not taken', () => {
    const bad = wish({ parcel: aParcel({ weightGrams: 0 }) });
    expect(judge([bad, wish(), wish()]).map(shown)).toEqual([
      ['parcel.weight_invalid /parcel/weightGrams'],
      'waiting',
      ['label_batch.item_repeated '],
    ]);
    expect(judge([wish(), wish()])[1]!.refusals[0]!.params).toEqual({ itemNo: 0 });
  });

  test('the parcels of an order share its pieces, and those of its labels', () => {
    expect(judge([wish(), wish({ parcelNo: 2 }), wish({ parcelNo: 3 })]).map(shown)).toEqual([
      'waiting',
      'waiting',
      ['parcel.quantity_invalid /parcel/contents/0/quantity'],
    ]);
    const labels = new Map([[orderId, [aBoughtLabel()]]]);
    expect(judge([wish(), wish({ parcelNo: 2 }), wish({ parcelNo: 3 })], { labels }).map(shown)).toEqual([
      ['label.already_active /parcelNo'],
      'waiting',
      ['parcel.quantity_invalid /parcel/contents/0/quantity'],
    ]);
  });

  test('a named offer brings its parcel; one that nobody made for the order is refused', () => {
    const offers = new Map([
      ['quo_a.1', kept({ parcelNo: 2 })],
      ['quo_b.1', kept({ orderId: '111-0000000-0000000' as OrderId })],
    ]);
    const judged = judge([named('quo_a.1'), named('quo_b.1'), named('quo_c.1')], { offers });
    expect(judged.map(shown)).toEqual([
      'waiting',
      ['label.quote_unknown /offerToken'],
      ['label.quote_unknown /offerToken'],
    ]);
    expect(judged[0]).toMatchObject({ parcelNo: 2, parcel: aParcel(), offerToken: 'quo_a.1', choose: null });
  });

  test('an offer that ended is refused, but where the seller states what is tolerated when it is quoted again', () => {
    const offers = new Map([['quo_a.1', kept()]]);
    const late = new Date(aMoment.getTime() + 600_000);
    expect(judge([named('quo_a.1')], { offers }, {}, late).map(shown)).toEqual([['label.offer_expired /offerToken']]);
    expect(judge([named('quo_a.1')], { offers }, { priceTolerance: exactPrice }, late).map(shown)).toEqual(['waiting']);
    expect(judge([named('quo_a.1')], { offers }, { format: 'PNG' }).map(shown)).toEqual([
      ['label.format_unavailable /offerToken'],
    ]);
  });
});
