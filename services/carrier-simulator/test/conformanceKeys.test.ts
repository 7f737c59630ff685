import { describe, expect, it } from 'vitest';
import { lookUp, ready } from './purchaseFixture.ts';
import { call, houses, intentFor, rule, startRig } from './simulatorFixture.ts';

/** What a carrier has to keep besides that knows a purchase again by a key or by our reference. */
describe.each(houses)('buying a label at $id, by key and reference', (dialect) => {
  it('answers a repeat with the same key and body with the first purchase, byte for byte', async () => {
    await using rig = await startRig();
    const { carrier, prepared } = await ready(rig, dialect, 'lbl_repeat');
    const [first, ...repeats] = await Promise.all(Array.from({ length: 8 }, () => carrier.buy(prepared, call)));
    expect(first!.kind).toBe('purchased');
    for (const repeat of repeats) expect(repeat).toEqual(first);
    const { totals } = await rig.ledger();
    expect(totals.charges).toBe(1);
    expect(totals.calls.buy).toBe(8);
  });

  it('calls the outcome unknown, never refused, when the key was used with another body', async () => {
    await using rig = await startRig();
    const { carrier, offer, prepared } = await ready(rig, dialect, 'lbl_conflict');
    await carrier.buy(prepared, call);
    const other = carrier.prepare({ ...intentFor('lbl_conflict', offer), exportFiling: 'NO EEI 30.37(a)' });
    expect(other.idempotencyKey).toBe(prepared.idempotencyKey);
    expect(await carrier.buy(other, call)).toEqual({ kind: 'unknown', reason: 'KEY_USED_WITH_ANOTHER_BODY' });
    expect((await rig.ledger()).totals.charges).toBe(1);
  });

  it('does not charge what it refuses, and says which refusals may be tried again', async () => {
    await using rig = await startRig();
    const { carrier, offer } = await ready(rig, dialect, 'lbl_refused');
    const intent = intentFor('lbl_refused', offer);
    const buy = (change: Partial<typeof intent>) => carrier.buy(carrier.prepare({ ...intent, ...change }), call);
    expect(await buy({ offerToken: `${offer.offerToken}x` })).toMatchObject({
      kind: 'refused',
      code: 'carrier.offer_invalid',
      retry: 'never',
    });
    expect(await buy({ parcel: { ...intent.parcel, weightGrams: 9_000 } })).toMatchObject({
      code: 'carrier.offer_invalid',
    });
    expect(await buy({ lines: [{ ...intent.lines[0]!, hsCode: '12' }] })).toMatchObject({
      code: 'carrier.customs_data_invalid',
    });
    expect(await buy({ shipFrom: { ...intent.shipFrom, phone: undefined } })).toMatchObject({
      code: 'carrier.address_invalid',
    });
    await rig.fail([rule({ kind: 'rate_limited', retryAfterSeconds: 7 })]);
    expect(await buy({})).toMatchObject({
      kind: 'refused',
      code: 'carrier.rate_limited',
      retry: 'later',
      retryAfterSeconds: 7,
    });
    expect((await rig.ledger()).totals.charges).toBe(0);
    expect((await buy({})).kind).toBe('purchased');
  });

  it('refuses an offer after its ten minutes, but still answers a repeat of what was bought with it', async () => {
    let clock = Date.now();
    await using rig = await startRig({ now: () => new Date(clock) });
    const { carrier, offer, prepared } = await ready(rig, dialect, 'lbl_in_time');
    const first = await carrier.buy(prepared, call);
    expect(first.kind).toBe('purchased');
    clock += 10 * 60_000 + 1;
    expect(await carrier.buy(carrier.prepare(intentFor('lbl_too_late', offer)), call)).toMatchObject({
      kind: 'refused',
      code: 'carrier.offer_expired',
    });
    expect(await carrier.buy(prepared, call)).toEqual(first);
  });

  it('prints every format and the invoice, and the same bytes again on look-up', async () => {
    await using rig = await startRig();
    const { carrier, offer } = await ready(rig, dialect, 'lbl_formats');
    for (const labelFormat of ['PDF', 'PNG', 'ZPL203', 'ZPL300'] as const) {
      const prepared = carrier.prepare({ ...intentFor(`lbl_${labelFormat}`, offer), labelFormat, withInvoice: true });
      const bought = await carrier.buy(prepared, call);
      if (bought.kind !== 'purchased') throw new Error(JSON.stringify(bought));
      expect(bought.document.format).toBe(labelFormat);
      expect(bought.invoice?.format).toBe('PDF');
      expect(await lookUp(carrier, prepared)).toMatchObject({ document: bought.document, invoice: bought.invoice });
    }
  });

  it('lists later charges of one reference as duplicates where the carrier honours no keys', async () => {
    const abilities = { idempotencyKeys: false, lookUp: true };
    await using rig = await startRig(
      { abilities: { express: abilities, parcel: abilities } },
      { idempotencyKey: false },
    );
    const { carrier, prepared } = await ready(rig, dialect, 'lbl_twice');
    const first = await carrier.buy(prepared, call);
    const second = await carrier.buy(prepared, call);
    if (first.kind !== 'purchased' || second.kind !== 'purchased') throw new Error('not bought');
    expect(second.shipmentId).not.toBe(first.shipmentId);
    expect(await lookUp(carrier, prepared)).toMatchObject({
      kind: 'bought',
      shipmentId: first.shipmentId,
      duplicates: [{ shipmentId: second.shipmentId, trackingId: second.trackingId, charge: second.charge }],
    });
    expect((await rig.ledger()).totals).toMatchObject({ charges: 2, doubleCharged: 1 });
  });

  it('says nothing for certain where there is no look-up', async () => {
    const abilities = { idempotencyKeys: false, lookUp: false };
    await using blind = await startRig({ abilities: { express: abilities, parcel: abilities } }, { lookUp: false });
    const known = await ready(blind, dialect, 'lbl_blind');
    expect(await lookUp(known.carrier, known.prepared, 1e6)).toEqual({
      kind: 'unknown',
      reason: 'LOOK_UP_NOT_SUPPORTED',
    });
    await using mistaken = await startRig({ abilities: { express: abilities, parcel: abilities } });
    const believed = await ready(mistaken, dialect, 'lbl_blind');
    expect(await lookUp(believed.carrier, believed.prepared, 1e6)).toMatchObject({ kind: 'unknown' });
  });
});
