import { describe, expect, it } from 'vitest';
import { ready } from './purchaseFixture.ts';
import { call, houses, intentFor, startRig } from './simulatorFixture.ts';

describe.each(houses)('the statement of $id', (dialect) => {
  it('bills charge, refund, adjustments either way and duty once, each on a line of its own', async () => {
    await using rig = await startRig();
    const { carrier, offer, prepared } = await ready(rig, dialect, 'lbl_billed');
    const kept = await carrier.buy(prepared, call);
    const given = await carrier.buy(carrier.prepare(intentFor('lbl_given_back', offer)), call);
    if (kept.kind !== 'purchased' || given.kind !== 'purchased') throw new Error('not bought');
    await carrier.void(given.shipmentId, call);
    await carrier.void(given.shipmentId, call);
    const adjust = (minor: number) =>
      rig.admin(`/shipments/${kept.shipmentId}/adjustments`, { method: 'POST', body: { minor } });
    await adjust(210);
    await adjust(-35);
    for (const code of ['first_scan', 'arrived', 'arrived', 'delivered'])
      await rig.admin(`/tracking/${kept.trackingId}/events`, { method: 'POST', body: { code } });

    const read = await carrier.statement(0, call);
    if (read.kind !== 'page') throw new Error(read.kind);
    const ours = { reference: 'lbl_billed', shipmentRef: kept.shipmentId, currency: 'USD', carrierId: dialect.id };
    const theirs = { ...ours, reference: 'lbl_given_back', shipmentRef: given.shipmentId };
    expect(read.lines).toMatchObject([
      { ...ours, kind: 'charge', minor: offer.rate.minor },
      { ...theirs, kind: 'charge', minor: offer.rate.minor },
      { ...theirs, kind: 'refund', minor: offer.rate.minor },
      { ...ours, kind: 'adjustment', minor: 210 },
      { ...ours, kind: 'adjustment', minor: -35 },
      // A fifth of three shirts at 25.99.
      { ...ours, kind: 'duty', minor: 1_559 },
    ]);
    expect(read.next).toBeNull();
    const [, , third] = read.lines;
    expect(await carrier.statement(third!.lineNo, call)).toEqual({ ...read, lines: read.lines.slice(3) });
  });

  it('says nothing of another carrier', async () => {
    await using rig = await startRig();
    const { carrier, prepared } = await ready(rig, dialect, 'lbl_mine');
    await carrier.buy(prepared, call);
    const other = rig.registry.carriers.find(({ profile }) => profile.id !== dialect.id)!;
    expect(await other.statement(0, call)).toEqual({ kind: 'page', lines: [], next: null });
  });

  it('is not given where the carrier is in trouble, and no page is taken for its end', async () => {
    await using rig = await startRig();
    const { carrier } = await ready(rig, dialect, 'lbl_trouble');
    for (const effect of [{ kind: 'error_before' }, { kind: 'not_json' }, { kind: 'connection_lost_after' }] as const)
      await rig.fail([{ operation: 'statement', skip: 0, times: 1, effect }]);
    expect(await carrier.statement(0, call)).toMatchObject({ kind: 'unavailable', reason: 'SERVER_ERROR' });
    expect(await carrier.statement(0, call)).toMatchObject({ kind: 'unavailable', reason: 'ANSWER_UNREADABLE' });
    expect(await carrier.statement(0, call)).toMatchObject({ kind: 'unavailable', reason: 'CONNECTION_LOST' });
  });
});
