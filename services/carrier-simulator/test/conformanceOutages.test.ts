import { describe, expect, it } from 'vitest';
import { lookUp, ready } from './purchaseFixture.ts';
import { call, dialects, enquiry, houses, patience, rule, startRig } from './simulatorFixture.ts';

describe.each(dialects)('time in which $id serves nobody', (dialect) => {
  const { id, carrier: name } = dialect;
  const other = houses.find((one) => one.id !== id)!;

  it.each([
    ['cuts every line', { kind: 'outage' }, 'CONNECTION_LOST'],
    ['answers 503', { kind: 'outage', how: 'unavailable' }, 'SERVER_ERROR'],
    ['is silent', { kind: 'outage', how: 'silent' }, 'TIMEOUT'],
  ] as const)(
    '%s: unknown, never bought, as before once it is over; the other carrier sells on',
    async (_, effect, reason) => {
      let clock = Date.now();
      await using rig = await startRig({ now: () => new Date(clock) });
      const { carrier, prepared } = await ready(rig, dialect, 'lbl_outage');
      const elsewhere = await ready(rig, other, 'lbl_elsewhere');
      const script = { windows: [{ carrier: name, effect, forMs: 60_000 }] };
      expect((await rig.admin('/faults', { method: 'POST', body: script })).status).toBe(201);
      const patience = { timeoutMs: reason === 'TIMEOUT' ? 150 : 5_000 };
      expect(await carrier.buy(prepared, patience)).toEqual({ kind: 'unknown', reason });
      expect(await carrier.quote(enquiry, patience)).toMatchObject({ kind: 'unavailable', reason });
      expect((await elsewhere.carrier.buy(elsewhere.prepared, call)).kind).toBe('purchased');
      clock += 60_000;
      expect((await lookUp(carrier, prepared)).kind).toBe('not_bought');
      expect((await carrier.buy(prepared, call)).kind).toBe('purchased');
      const { totals, charges } = await rig.ledger();
      expect(totals).toMatchObject({ charges: 2, doubleCharged: 0, faults: { outage: 2 } });
      expect(charges.map(({ reference }) => reference).sort()).toEqual(
        [other.nameInBook(elsewhere.prepared), dialect.nameInBook(prepared)].sort(),
      );
      expect(await (await rig.admin('/faults')).json()).toMatchObject({ windows: [] });
    },
  );

  it('tells everybody in a storm to come back later, and charges nobody', async () => {
    let clock = Date.now();
    await using rig = await startRig({ now: () => new Date(clock) });
    const { carrier, prepared } = await ready(rig, dialect, 'lbl_storm');
    const storm = { effect: { kind: 'rate_storm', retryAfterSeconds: 9 }, forMs: 10_000 };
    await rig.admin('/faults', { method: 'POST', body: { windows: [storm] } });
    const later = { kind: 'refused', code: 'carrier.rate_limited', retry: 'later', retryAfterSeconds: 9 };
    expect(await carrier.buy(prepared, call)).toMatchObject(later);
    expect(await carrier.void('00000000-0000-4000-8000-000000000000', call)).toMatchObject(later);
    expect(await carrier.track('0000000000', call)).toMatchObject({ reason: 'RATE_LIMITED', retryAfterSeconds: 9 });
    clock += 10_000;
    expect((await carrier.buy(prepared, call)).kind).toBe('purchased');
    expect((await rig.ledger()).totals).toMatchObject({ charges: 1, faults: { rate_storm: 3 } });
  });

  it('leaves the fate of later calls as the seed has it: who was not served has not been asked', async () => {
    const fate = async (stormy: boolean) => {
      let clock = Date.now();
      await using rig = await startRig({ now: () => new Date(clock) });
      const { carrier, prepared } = await ready(rig, dialect, 'lbl_fated', 'order/1');
      const draws = [{ share: 0.5, effect: { kind: 'error_before' } }];
      const windows = stormy ? [{ effect: { kind: 'rate_storm' }, forMs: 1_000 }] : [];
      await rig.admin('/faults', { method: 'POST', body: { windows, lotteries: [{ seed: 'fate', draws }] } });
      if (stormy) for (let i = 0; i < 3; i++) await carrier.buy(prepared, call);
      clock += 1_000;
      const fates: string[] = [];
      for (let i = 0; i < 6; i++) fates.push((await carrier.buy(prepared, call)).kind);
      return fates;
    };
    expect(await fate(true)).toEqual(await fate(false));
  });

  it('answers as late as was drawn for the call', async () => {
    await using rig = await startRig({
      faults: { latencies: [{ operation: 'buy', seed: 'slow', takes: { shape: 'constant', ms: 400 } }] },
    });
    const { carrier, prepared } = await ready(rig, dialect, 'lbl_slow');
    expect(await carrier.buy(prepared, { timeoutMs: 100 })).toEqual({ kind: 'unknown', reason: 'TIMEOUT' });
    await expect.poll(async () => (await lookUp(carrier, prepared)).kind, patience).toBe('bought');
  });
});

describe.each(houses)('what $id says twice', (dialect) => {
  it('is not two charges: a shipment listed twice has no duplicate, which would be voided', async () => {
    await using rig = await startRig();
    const { carrier, prepared } = await ready(rig, dialect, 'lbl_listed');
    const bought = await carrier.buy(prepared, call);
    if (bought.kind !== 'purchased') throw new Error(bought.kind);
    await rig.fail([rule({ kind: 'listed_twice' }, { operation: 'look_up' })]);
    expect(await lookUp(carrier, prepared)).toMatchObject({
      kind: 'bought',
      shipmentId: bought.shipmentId,
      duplicates: [],
    });
    expect((await rig.ledger()).totals).toMatchObject({ charges: 1, faults: { listed_twice: 1 } });
  });

  it('is no answer where it comes in one body: looked up, found once', async () => {
    await using rig = await startRig();
    const { carrier, prepared } = await ready(rig, dialect, 'lbl_answered');
    await rig.fail([rule({ kind: 'answered_twice' }, { times: 2 })]);
    for (let i = 0; i < 2; i++)
      expect(await carrier.buy(prepared, call)).toEqual({ kind: 'unknown', reason: 'ANSWER_UNREADABLE' });
    expect(await lookUp(carrier, prepared)).toMatchObject({ kind: 'bought', duplicates: [] });
    expect((await rig.ledger()).totals).toMatchObject({ charges: 1, doubleCharged: 0 });
  });
});

describe('a fault script', () => {
  it.each([
    [
      'a window as long as the span it comes back in',
      { windows: [{ effect: { kind: 'outage' }, forMs: 5, every: { ms: 5, seed: 's' } }] },
    ],
    ['a call that is delivered twice', { rules: [{ effect: { kind: 'duplicated' } }] }],
    [
      'a notification that charges late',
      { rules: [{ operation: 'webhook', effect: { kind: 'late_charge', afterMs: 1 } }] },
    ],
    ['a latency of no shape', { latencies: [{ seed: 's', takes: { shape: 'square' } }] }],
  ])('is refused for %s', async (_, script) => {
    await using rig = await startRig();
    expect((await rig.admin('/faults', { method: 'POST', body: script })).status).toBe(400);
  });
});
