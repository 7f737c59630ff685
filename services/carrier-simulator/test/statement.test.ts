import type { BilledLine } from '@ge/carriers';
import type { Money } from '@ge/domain';
import { describe, expect, it } from 'vitest';
import { pageAfter, ready } from './purchaseFixture.ts';
import { call, dialects, intentFor, startRig } from './simulatorFixture.ts';

const LATER = 11 * 60_000;
/** The reseller takes two and a half cents for a label, which are three in a ledger. */
const FEE = 3;

type Told = readonly [kind: BilledLine['kind'], whose: 'kept' | 'given', minor: number];

/** What a carrier with a book of its own tells, and what a reseller does: nothing of duty, its fees apart from the postage. */
const toldBy = (id: string, { minor }: Money): readonly Told[] =>
  id === 'easypost'
    ? [
        ['charge', 'kept', minor],
        ['adjustment', 'kept', FEE],
        ['charge', 'given', minor],
        ['adjustment', 'given', FEE],
        ['refund', 'given', minor],
        ['adjustment', 'given', -FEE],
        ['adjustment', 'kept', 210],
        ['adjustment', 'kept', -35],
      ]
    : [
        ['charge', 'kept', minor],
        ['charge', 'given', minor],
        ['refund', 'given', minor],
        ['adjustment', 'kept', 210],
        ['adjustment', 'kept', -35],
        // A fifth of three shirts at 25.99.
        ['duty', 'kept', 1_559],
      ];

describe.each(dialects)('the statement of $id', (dialect) => {
  it('bills charge, refund, adjustments either way and duty once, each on a line of its own', async () => {
    let clock = Date.now();
    await using rig = await startRig({ now: () => new Date(clock) });
    const { carrier, offer, prepared } = await ready(rig, dialect, 'lbl_billed');
    const kept = await carrier.buy(prepared, call);
    const other = await ready(rig, dialect, 'lbl_given_back');
    const given = await carrier.buy(carrier.prepare(intentFor('lbl_given_back', other.offer)), call);
    if (kept.kind !== 'purchased' || given.kind !== 'purchased') throw new Error('not bought');
    await carrier.void(given.shipmentId, call);
    await carrier.void(given.shipmentId, call);
    const adjust = (minor: number) =>
      rig.admin(`/shipments/${kept.shipmentId}/adjustments`, { method: 'POST', body: { minor } });
    await adjust(210);
    await adjust(-35);
    for (const code of ['first_scan', 'arrived', 'arrived', 'delivered'])
      await rig.admin(`/tracking/${kept.trackingId}/events`, { method: 'POST', body: { code } });
    clock += LATER;

    const read = await pageAfter(carrier, 0, new Date(clock));
    const repeats = dialect.id !== 'easypost';
    const whose = {
      kept: { shipmentRef: kept.shipmentId, reference: repeats ? 'lbl_billed' : null },
      given: { shipmentRef: given.shipmentId, reference: repeats ? 'lbl_given_back' : null },
    };
    expect(read.lines).toMatchObject(
      toldBy(dialect.id, offer.rate).map(([kind, owner, minor]) => ({
        ...whose[owner],
        ...{ kind, minor, currency: 'USD', carrierId: dialect.id },
      })),
    );
    expect(read.next).toBeNull();
    const [, , third] = read.lines;
    expect(await pageAfter(carrier, third!.lineNo, new Date(clock))).toEqual({ ...read, lines: read.lines.slice(3) });
  });

  it('says nothing of another carrier', async () => {
    let clock = Date.now();
    await using rig = await startRig({ now: () => new Date(clock) });
    const { carrier, prepared } = await ready(rig, dialect, 'lbl_mine');
    await carrier.buy(prepared, call);
    clock += LATER;
    for (const other of rig.registry.carriers.filter(({ profile }) => profile.id !== dialect.id))
      expect(await pageAfter(other, 0, new Date(clock))).toEqual({ lines: [], next: null });
  });

  it('is not given where the carrier is in trouble, and no page is taken for its end', async () => {
    await using rig = await startRig();
    const { carrier } = await ready(rig, dialect, 'lbl_trouble');
    for (const effect of [{ kind: 'error_before' }, { kind: 'not_json' }, { kind: 'connection_lost_after' }] as const)
      await rig.fail([{ operation: 'statement', skip: 0, times: 1, effect }]);
    const read = () => carrier.statement(0, { ...call, now: new Date() });
    expect(await read()).toMatchObject({ kind: 'unavailable', reason: 'SERVER_ERROR' });
    expect(await read()).toMatchObject({ kind: 'unavailable', reason: 'ANSWER_UNREADABLE' });
    expect(await read()).toMatchObject({ kind: 'unavailable', reason: 'CONNECTION_LOST' });
  });
});
