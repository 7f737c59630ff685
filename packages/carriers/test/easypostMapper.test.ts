import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { easypostDialect } from '../src/easypost/mapper.ts';
import { easypostProfile } from '../src/easypost/profile.ts';
import { easypostWebhook } from '../src/easypost/webhook.ts';
import { documentAddress } from '../src/http/documentAddress.ts';
import { enquiry, intent } from './carrierFixture.ts';

const terms = { dutyPaidServices: ['DHLExpress/Worldwide', 'UPS'] };
const dialect = easypostDialect(easypostProfile, terms);
const rate = (carrier: string, service: string, more: object = {}) => ({
  id: `rate_${service}`,
  carrier,
  service,
  rate: '20.50',
  currency: 'USD',
  delivery_days: 3,
  delivery_date: null,
  created_at: '2026-11-22T08:00:00Z',
  ...more,
});
const quoted = (rates: readonly unknown[], messages: readonly object[] = [], request = enquiry) =>
  dialect.readQuote({ id: 'shp_1', rates, messages }, request)!;

describe('a quote of EasyPost', () => {
  it('tells everything that the purchase will be: the purchase is the same shipment to the byte', () => {
    const offer = quoted([rate('UPS', 'Saver')]).offers[0]!;
    const prepared = dialect.prepare({ ...intent, offerToken: offer.offerToken });
    expect(dialect.purchase(prepared)).toMatchObject({
      path: '/v2/shipments/shp_1/buy',
      body: '{"rate":{"id":"rate_Saver"}}',
    });
    const sent = JSON.parse(dialect.quote({ ...enquiry, orderReference: '111-1/1' }).body!).shipment;
    expect(sent).toEqual({ ...JSON.parse(prepared.body), reference: '111-1/1' });
    expect(sent).toMatchObject({
      options: { label_format: 'PDF', incoterm: 'DDP' },
      customs_info: {
        customs_signer: 'A. Sender',
        customs_items: [{ value: 19.99, weight: 14.109, hs_tariff_number: '420330', quantity: 1 }],
      },
    });
  });

  it.each([
    ['NO EEI 30.37(a)', 'NOEEI 30.37(a)'],
    ['X20261122123456', 'AES X20261122123456'],
    [undefined, undefined],
  ])('writes the export filing %s as EasyPost does', (exportFiling, eelPfc) => {
    const { shipment } = JSON.parse(dialect.quote({ ...enquiry, exportFiling }).body!);
    expect(shipment.customs_info.eel_pfc).toBe(eelPfc);
  });

  it('offers as duty-paid only what the installation vouches for (R23)', () => {
    const { offers } = quoted([rate('DHLExpress', 'Worldwide'), rate('DHLExpress', 'Economy'), rate('UPS', 'Saver')]);
    expect(offers.map(({ serviceId, clearsDutyPaid }) => [serviceId, clearsDutyPaid])).toEqual([
      ['DHLExpress/Worldwide', true],
      ['DHLExpress/Economy', false],
      ['UPS/Saver', true],
    ]);
  });

  it('counts days generously on both sides, and refuses a service that names none (R22)', () => {
    // Monday the 23rd and three days: Thursday, Thursday. Friday the 27th: Monday by the calendar, Wednesday by working days.
    const days = (shipDate: string, more: object = {}) =>
      quoted([rate('UPS', 'Saver', more)], [], { ...enquiry, shipDate }).offers.map((offer) => [
        offer.earliestDelivery,
        offer.latestDelivery,
      ])[0];
    expect(days('2026-11-23')).toEqual(['2026-11-26', '2026-11-26']);
    expect(days('2026-11-27')).toEqual(['2026-11-30', '2026-12-02']);
    expect(days('2026-11-27', { delivery_date: '2026-12-04T00:00:00Z' })).toEqual(['2026-11-30', '2026-12-04']);
    expect(quoted([rate('UPS', 'Saver', { delivery_days: null })]).refused).toMatchObject([{ code: 'UNKNOWN' }]);
  });

  it('names carriers that gave no rate, hides no rate behind an unreadable one, and offers nothing for dangerous goods', () => {
    const said = { carrier: 'FedEx', type: 'rate_error', message: 'B. Buyer, 1 Main St' };
    const quote = quoted([rate('UPS', 'Odd', { rate: '1.234' }), rate('UPS', 'Saver')], [said, said]);
    expect(quote.offers.map(({ serviceId }) => serviceId)).toEqual(['UPS/Saver']);
    expect(quote.refused).toMatchObject([{ serviceId: 'FedEx', code: 'UNKNOWN' }]);
    expect(JSON.stringify(quote)).not.toContain('Buyer');
    expect(quoted([rate('UPS', 'Saver')], [], { ...enquiry, hasDangerousGoods: true })).toMatchObject({
      offers: [],
      refused: [{ serviceId: 'UPS/Saver', code: 'DANGEROUS_GOODS_NOT_ACCEPTED' }],
    });
  });
});

const statuses = ['unknown', 'pre_transit', 'in_transit', 'out_for_delivery', 'delivered', 'failure', 'cancelled'];
const details = ['status_update', 'arrived_at_facility', 'departed_facility', 'lost', null];
const scan = fc.record({
  status: fc.constantFrom(...statuses),
  status_detail: fc.constantFrom(...details),
  datetime: fc.integer({ min: 0, max: 50 }).map((hour) => new Date(Date.UTC(2026, 10, 1, hour)).toISOString()),
});
const tracking = (scans: readonly unknown[]) => {
  const tracker = { tracking_code: '1Z1', created_at: '2026-11-01T00:00:00Z', tracking_details: scans };
  return dialect.readTracking({ trackers: [tracker] }, '1Z1')!;
};

describe('scans of EasyPost', () => {
  it('are the same events in whatever order and however often they come (R22)', () => {
    fc.assert(
      fc.property(fc.array(scan, { maxLength: 12 }), fc.infiniteStream(fc.nat()), (scans, order) => {
        const shuffled = [...scans, ...scans].toSorted(() => (order.next().value % 3) - 1);
        expect(tracking(shuffled)).toEqual(tracking(scans));
      }),
    );
  });

  it('begin with the hand-over, once: the first of them that says a carrier has the parcel (R17)', () => {
    fc.assert(
      fc.property(fc.array(scan, { maxLength: 12 }), (scans) => {
        const inHand = scans.filter(({ status }) => ['in_transit', 'out_for_delivery', 'delivered'].includes(status));
        const first = inHand.map(({ datetime }) => new Date(datetime)).sort((a, b) => a.getTime() - b.getTime())[0];
        const pickups = tracking(scans).events.filter(({ code }) => code === 'PickupDone');
        expect(pickups).toEqual(first ? [{ code: 'PickupDone', happenedAt: first }] : []);
      }),
    );
  });
});

describe('the address of a document', () => {
  it('is taken only over https from a listed host, or from a carrier on this machine', () => {
    const hosts = ['files.example', 'other.example'];
    const base = 'https://api.example';
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true }), (url) => {
        expect(documentAddress(url, base, hosts)).toBeUndefined();
      }),
    );
    expect(documentAddress('https://files.example/a?b=c', base, hosts)?.pathname).toBe('/a');
    expect(documentAddress('https://files.example.evil.example/a', base, hosts)).toBeUndefined();
    expect(documentAddress('https://files.example./a', base, hosts)).toBeUndefined();
    const local = 'http://127.0.0.1:8090/easypost';
    expect(documentAddress('http://127.0.0.1:8090/l', local, hosts)?.pathname).toBe('/l');
    expect(documentAddress('http://127.0.0.1:8091/l', local, hosts)).toBeUndefined();
    expect(documentAddress('http://127.0.0.1:8090/l', base, hosts)).toBeUndefined();
  });
});

describe('a notice of EasyPost', () => {
  const event = (description: string, result: unknown) => ({ id: 'evt_1', object: 'Event', description, result });
  const delivered = { status: 'delivered', status_detail: 'delivered', datetime: '2026-11-25T10:00:00+01:00' };
  const parcel = { tracking_code: '1Z1', created_at: '2026-11-22T08:00:00Z', tracking_details: [delivered] };

  it('tells a parcel’s whole history, and of other things nothing', () => {
    const happenedAt = new Date('2026-11-25T09:00:00Z');
    expect(easypostWebhook.readScans(event('tracker.updated', parcel))).toEqual({
      scans: [
        { trackingId: '1Z1', code: 'PickupDone', happenedAt },
        { trackingId: '1Z1', code: 'Delivered', happenedAt },
      ],
      unknownCodes: 0,
    });
    expect(easypostWebhook.readScans(event('batch.updated', {}))).toEqual({ scans: [], unknownCodes: 0 });
    expect(easypostWebhook.readScans(event('tracker.updated', { tracking_code: '1Z1' }))).toBeUndefined();
  });
});
