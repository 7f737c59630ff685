import { describe, expect, it } from 'vitest';
import { lookUp, ready } from './purchaseFixture.ts';
import { call, dialects, rule, startRig } from './simulatorFixture.ts';

describe.each(dialects)('a label bought at $id', (dialect) => {
  it('voids once and gives the charge back; asking again changes nothing', async () => {
    await using rig = await startRig();
    const { carrier, offer, prepared } = await ready(rig, dialect, 'lbl_void');
    const bought = await carrier.buy(prepared, call);
    if (bought.kind !== 'purchased') throw new Error(bought.kind);
    await rig.fail([rule({ kind: 'connection_lost_after' }, { operation: 'void' })]);
    expect(await carrier.void(bought.shipmentId, call)).toEqual({ kind: 'unknown', reason: 'CONNECTION_LOST' });
    expect(await carrier.void(bought.shipmentId, call)).toEqual({ kind: 'voided', refund: offer.rate });
    expect(await lookUp(carrier, prepared)).toMatchObject({ kind: 'bought', voided: true });
    expect((await rig.ledger()).totals).toMatchObject({ charges: 1, voids: 1, refundedMinor: offer.rate.minor });
    expect(await carrier.void('00000000-0000-4000-8000-000000000000', call)).toMatchObject({
      code: 'carrier.shipment_unknown',
    });
  });

  it('refuses to void what was scanned or is too old', async () => {
    let clock = Date.now();
    await using rig = await startRig({ now: () => new Date(clock) });
    const { carrier, prepared } = await ready(rig, dialect, 'lbl_scanned');
    const scanned = await carrier.buy(prepared, call);
    const old = await carrier.buy((await ready(rig, dialect, 'lbl_old')).prepared, call);
    if (scanned.kind !== 'purchased' || old.kind !== 'purchased') throw new Error('not bought');
    await rig.admin(`/tracking/${scanned.trackingId}/events`, { method: 'POST', body: { code: 'first_scan' } });
    expect(await carrier.void(scanned.shipmentId, call)).toMatchObject({
      kind: 'refused',
      code: dialect.scanned,
    });
    clock += (carrier.profile.voidWindowDays + 1) * 86_400_000;
    expect(await carrier.void(old.shipmentId, call)).toMatchObject({
      kind: 'refused',
      code: dialect.tooOld,
    });
  });

  it('tracks a parcel from label to delivery, events in order and once, however they came in', async () => {
    await using rig = await startRig();
    const { carrier, prepared } = await ready(rig, dialect, 'lbl_track');
    const bought = await carrier.buy(prepared, call);
    if (bought.kind !== 'purchased') throw new Error(bought.kind);
    expect(await carrier.track(bought.trackingId, call)).toEqual({ kind: 'tracked', status: 'PreTransit', events: [] });
    const report = (code: string, at: string) =>
      rig.admin(`/tracking/${bought.trackingId}/events`, { method: 'POST', body: { code, at } });
    await report('delivered', '2026-11-26T10:00:00.000Z');
    await report('first_scan', '2026-11-23T18:30:00.000Z');
    await report('first_scan', '2026-11-23T18:30:00.000Z');
    expect(await carrier.track(bought.trackingId, call)).toEqual({
      kind: 'tracked',
      status: 'Delivered',
      events: [
        { code: 'PickupDone', happenedAt: new Date('2026-11-23T18:30:00Z') },
        { code: 'Delivered', happenedAt: new Date('2026-11-26T10:00:00Z') },
      ],
    });
    expect(await carrier.track('0000000000', call)).toEqual({ kind: 'not_found' });
  });
});
