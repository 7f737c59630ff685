import { describe, expect, test } from 'vitest';
import {
  chooseOffer,
  eligibleOffers,
  type LabelId,
  type LabelPurchase,
  type LabelRequest,
  type LabelState,
  type Order,
  requestLabel,
} from '../../src/index.ts';
import { aBoughtLabel, aLabel, aLabelRequest, anOffer, aParcel } from '../builders/aLabel.ts';
import { aDomesticOrder, anOrder } from '../builders/anOrder.ts';
import { aMoment } from '../builders/moments.ts';
import { codesOf, fieldsOf, granted } from '../builders/refused.ts';

const ask = (
  request: Partial<LabelRequest> = {},
  context: { order?: Order; labels?: readonly LabelPurchase[]; suspended?: boolean } = {},
) => requestLabel(aLabelRequest(request), { order: anOrder(), labels: [], suspended: false, ...context }, aMoment);

/** Both T-shirts of the order. */
const both = aParcel({ contents: [{ lineId: 'L1', quantity: 2 }] });

describe('a label is asked for (R17)', () => {
  test('for a pending GE order, and keeps what it was asked for', () => {
    expect(granted(ask())).toMatchObject({
      state: 'requested',
      fence: 0,
      carrierId: 'carrier-one',
      quoted: { minor: 24_50, currency: 'USD' },
      isProtected: true,
      idempotencyKey: 'ge-lbl_one',
      parcel: aParcel(),
    });
  });

  test('not for domestic, held or cancelled orders, nor for one whose address is erased', () => {
    expect(codesOf(ask({}, { order: aDomesticOrder() }))).toEqual(['label.order_not_ge']);
    for (const state of ['held', 'cancelled'] as const) {
      expect(codesOf(ask({}, { order: anOrder({ state }) }))).toEqual(['label.order_not_open']);
    }
    expect(codesOf(ask({}, { order: anOrder({ shipTo: null }) }))).toEqual(['label.address_erased']);
  });

  test('not while the destination is suspended (R13)', () => {
    expect(codesOf(ask({}, { suspended: true }))).toEqual(['label.destination_suspended']);
  });

  test.each([
    ['requested', true],
    ['claimed', true],
    ['sent', true],
    ['unknown', true],
    ['parked', true],
    ['purchased', true],
    ['voiding', false],
    ['void_refused', false],
    ['refused', false],
    ['voided', false],
  ] as const)('beside a %s label of the same parcel: refused %s', (state: LabelState, refused) => {
    const labels = [aLabel({ id: 'lbl_old' as LabelId, state })];
    expect(codesOf(ask({}, { labels }))).toEqual(refused ? ['label.already_active'] : []);
  });

  test('with an offer that has sold no label yet: another label of it could be taken for the first one', () => {
    const { offerToken } = anOffer();
    for (const state of ['voided', 'voiding', 'void_refused'] as const) {
      expect(codesOf(ask({}, { labels: [aBoughtLabel({ offerToken, state })] }))).toEqual(['label.offer_used']);
    }
    expect(ask({}, { labels: [aLabel({ offerToken, state: 'refused' })] }).ok).toBe(true);
    expect(codesOf(ask({}, { labels: [aLabel({ offerToken })] }))).toEqual(['label.already_active']);
  });

  test('for a further parcel, with what is left to pack', () => {
    const first = [aBoughtLabel()];
    expect(ask({ parcelNo: 2 }, { labels: first }).ok).toBe(true);
    const tooMuch = ask({ parcelNo: 2, parcel: both }, { labels: first });
    expect(codesOf(tooMuch)).toEqual(['parcel.quantity_invalid']);
    expect(fieldsOf(tooMuch)).toEqual(['/parcel/contents/0/quantity']);
  });

  test('for what lies in another parcel only once its label is voided: a refused void leaves it there', () => {
    const moved = (state: LabelState) => ask({ parcelNo: 2, parcel: both }, { labels: [aBoughtLabel({ state })] });
    for (const state of ['voiding', 'void_refused'] as const) {
      expect(codesOf(moved(state))).toEqual(['parcel.quantity_invalid']);
    }
    expect(moved('voided').ok).toBe(true);
    const anew = [aBoughtLabel({ state: 'void_refused' }), aBoughtLabel({ id: 'lbl_anew' as LabelId })];
    expect(ask({ parcelNo: 2 }, { labels: anew }).ok).toBe(true);
  });

  test('with every fault of parcel and offer named at once', () => {
    const parcel = aParcel({ weightGrams: 0, heightMm: 2.5, contents: [{ lineId: 'L9', quantity: 1 }] });
    const offer = anOffer({ validUntil: aMoment, rate: { minor: 100, currency: 'EUR' } });
    const quotedFor = { orderId: anOrder().id, parcelNo: 2 };
    expect(codesOf(ask({ parcelNo: 0, parcel, offer, quotedFor, format: 'PNG' }))).toEqual([
      'parcel.no_invalid',
      'parcel.weight_invalid',
      'parcel.size_invalid',
      'parcel.line_unknown',
      'label.offer_of_other_order',
      'label.offer_expired',
      'label.format_unavailable',
      'label.rate_invalid',
    ]);
    expect(codesOf(ask({ parcel: aParcel({ contents: [] }) }))).toEqual(['parcel.empty']);
  });

  test('the same line twice in a parcel counts twice', () => {
    const contents = [
      { lineId: 'L1', quantity: 1 },
      { lineId: 'L1', quantity: 2 },
    ];
    expect(fieldsOf(ask({ parcel: aParcel({ contents }) }))).toEqual(['/parcel/contents/1/quantity']);
  });
});

describe('offers', () => {
  const cheap = anOffer({ serviceId: 'ECONOMY', rate: { minor: 9_00, currency: 'USD' }, benefits: { included: [] } });
  const slow = anOffer({ serviceId: 'SLOW', latestDelivery: '2026-03-20' });
  const noPdf = anOffer({ serviceId: 'ZPL-ONLY', labelFormats: ['ZPL203'] });

  test('are parted into eligible ones, cheapest and then earliest first, and refused ones with reasons', () => {
    const judged = eligibleOffers([slow, noPdf, anOffer(), cheap], 'PDF', aMoment);
    expect(judged.eligible.map(({ serviceId }) => serviceId)).toEqual(['ECONOMY', 'EXPRESS', 'SLOW']);
    expect(judged.refused.map(({ offer, refusals }) => [offer.serviceId, refusals.map(({ code }) => code)])).toEqual([
      ['ZPL-ONLY', ['label.format_unavailable']],
    ]);
  });

  test('are chosen by protection or by price; protection is never quietly given up (R22)', () => {
    const judged = eligibleOffers([slow, anOffer(), cheap], 'PDF', aMoment);
    expect(granted(chooseOffer(judged, 'cheapest')).serviceId).toBe('ECONOMY');
    expect(granted(chooseOffer(judged, 'protected')).serviceId).toBe('EXPRESS');
    expect(codesOf(chooseOffer(eligibleOffers([cheap], 'PDF', aMoment), 'protected'))).toEqual([
      'label.no_protected_offer',
    ]);
    expect(codesOf(chooseOffer(eligibleOffers([noPdf], 'PDF', aMoment), 'cheapest'))).toEqual([
      'label.no_offer',
      'label.format_unavailable',
    ]);
  });
});
