import { describe, expect, it } from 'vitest';
import { lookUp, pageAfter, ready } from './purchaseFixture.ts';
import { call, dialects, enquiry, intentFor, startRig } from './simulatorFixture.ts';

const easypost = dialects.find(({ id }) => id === 'easypost')!;

describe('the reseller that speaks EasyPost’s dialect', () => {
  it('sells a shipment once, however many ask at a time, and says so to the others', async () => {
    await using rig = await startRig();
    const { carrier, prepared } = await ready(rig, easypost, 'lbl_once');
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => carrier.buy(prepared, call)));
    expect(outcomes.filter(({ kind }) => kind === 'purchased')).toHaveLength(1);
    expect(outcomes.filter(({ kind }) => kind !== 'purchased')).toEqual(
      Array(7).fill({ kind: 'unknown', reason: 'BOUGHT_BEFORE' }),
    );
    expect(await lookUp(carrier, prepared)).toMatchObject({ kind: 'bought', duplicates: [] });
    const { totals, charges } = await rig.ledger();
    expect(totals).toMatchObject({ charges: 1, doubleCharged: 0, calls: { buy: 8 } });
    expect(charges).toMatchObject([{ carrier: 'easypost', idempotencyKey: null }]);
  });

  it('prints each of its formats, and the same bytes again on look-up', async () => {
    await using rig = await startRig();
    const carrier = rig.registry.carrierById('easypost')!;
    for (const labelFormat of carrier.profile.labelFormats) {
      const quote = await carrier.quote({ ...enquiry, labelFormat }, call);
      const offer =
        quote.kind === 'quoted' ? quote.offers.find(({ serviceId }) => serviceId === 'UPS/IPP')! : undefined;
      expect(offer?.labelFormats).toEqual([labelFormat]);
      const prepared = carrier.prepare({ ...intentFor(`lbl_${labelFormat}`, offer!), labelFormat });
      const bought = await carrier.buy(prepared, call);
      if (bought.kind !== 'purchased') throw new Error(JSON.stringify(bought));
      expect(bought.document.format).toBe(labelFormat);
      expect(await lookUp(carrier, prepared)).toMatchObject({ document: bought.document });
    }
  });

  it('does not charge what it refuses', async () => {
    await using rig = await startRig();
    const carrier = rig.registry.carrierById('easypost')!;
    const refusals = [
      [{ lines: [{ ...enquiry.lines[0]!, hsCode: '12' }] }, 'carrier.customs_data_invalid'],
      [{ shipFrom: { ...enquiry.shipFrom, phone: undefined } }, 'carrier.address_invalid'],
    ] as const;
    for (const [change, code] of refusals) {
      const quote = await carrier.quote({ ...enquiry, ...change }, call);
      if (quote.kind !== 'quoted') throw new Error(quote.kind);
      const intent = { ...intentFor('lbl_refused', quote.offers[0]!), ...change };
      expect(await carrier.buy(carrier.prepare(intent), call)).toMatchObject({ kind: 'refused', code, retry: 'never' });
    }
    expect((await rig.ledger()).totals.charges).toBe(0);
  });

  it('takes a refund in first and gives it back after: until then the label counts as charged', async () => {
    await using rig = await startRig();
    const { carrier, offer, prepared } = await ready(rig, easypost, 'lbl_refund');
    const bought = await carrier.buy(prepared, call);
    if (bought.kind !== 'purchased') throw new Error(bought.kind);
    expect(await carrier.void(bought.shipmentId, call)).toEqual({ kind: 'pending' });
    expect(await carrier.void(bought.shipmentId, call)).toEqual({ kind: 'voided', refund: offer.rate });
    expect((await rig.ledger()).totals).toMatchObject({ voids: 1, refundedMinor: offer.rate.minor });
  });

  it('has a book of its own for its customers, which neither house bills', async () => {
    await using rig = await startRig();
    const { carrier, prepared } = await ready(rig, easypost, 'lbl_resold');
    await carrier.buy(prepared, call);
    for (const id of ['simulator-express', 'simulator-parcel']) {
      expect((await pageAfter(rig.registry.carrierById(id)!, 0, new Date())).lines).toEqual([]);
    }
    expect((await rig.admin('/ledger?carrier=easypost')).status).toBe(200);
    expect(await carrier.isSimulator(call)).toMatchObject({ kind: 'simulator' });
  });

  it('offers nothing duty-paid that the installation does not vouch for (R23)', async () => {
    await using rig = await startRig();
    const quote = await rig.registry.carrierById('easypost')!.quote(enquiry, call);
    if (quote.kind !== 'quoted') throw new Error(quote.kind);
    expect(quote.offers.map(({ serviceId }) => serviceId).sort()).toEqual([
      'DHLExpress/P',
      'DHLExpress/Y',
      'UPS/IPP',
      'UPS/IPS',
    ]);
    expect(quote.refused.map(({ serviceId, code }) => [serviceId, code])).toEqual([
      ['DHLExpress/H', 'PROGRAM_CONSTRAINTS'],
      ['UPS/IPL', 'PROGRAM_CONSTRAINTS'],
    ]);
  });
});
