import { createCarrierRegistry, trackingNumberKind } from '@ge/carriers';
import { describe, expect, it } from 'vitest';
import { lookUp, ready } from './purchaseFixture.ts';
import { call, dialects, enquiry, rule, settingsOf, startRig } from './simulatorFixture.ts';

/** What every carrier behind the port has to keep, whatever its wire format. */
describe.each(dialects)('buying a label at $id', (dialect) => {
  const { id } = dialect;

  it('sells a label once: a document, a valid tracking number, and the charge that was offered', async () => {
    await using rig = await startRig();
    const { carrier, offer, prepared } = await ready(rig, dialect, 'lbl_once');
    const outcome = await carrier.buy(prepared, call);
    if (outcome.kind !== 'purchased') throw new Error(JSON.stringify(outcome));
    expect(outcome.charge).toEqual(offer.rate);
    expect(trackingNumberKind(outcome.trackingId)).toBe(dialect.tracking);
    expect(Buffer.from(outcome.document.bytes).toString('latin1')).toContain(outcome.trackingId);
    const { totals, charges } = await rig.ledger();
    expect(totals).toMatchObject({ charges: 1, chargedMinor: offer.rate.minor, doubleCharged: 0 });
    expect(charges[0]).toMatchObject({ reference: dialect.nameInBook(prepared) });
  });

  it('charges each purchase for itself where its documents are prepared ones', async () => {
    await using rig = await startRig({ preparedDocuments: true });
    const outcomes = await Promise.all(
      ['lbl_first', 'lbl_second'].map(async (intentId) => {
        const { carrier, prepared } = await ready(rig, dialect, intentId);
        return carrier.buy(prepared, call);
      }),
    );
    const [first, second] = outcomes.map((outcome) => (outcome.kind === 'purchased' ? outcome : undefined));
    expect(first!.document).toEqual(second!.document);
    expect(first!.trackingId).not.toBe(second!.trackingId);
    expect((await rig.ledger()).totals).toMatchObject({ charges: 2, doubleCharged: 0 });
  });

  it.each([
    ['answer lost after the charge', { kind: 'connection_lost_after' }, 'CONNECTION_LOST'],
    ['error after the charge', { kind: 'error_after' }, 'SERVER_ERROR'],
    ['success without a label', { kind: 'ok_without_label' }, 'ANSWER_WITHOUT_LABEL'],
    ['label cut short', { kind: 'label_damaged' }, 'LABEL_DAMAGED'],
    ['answer that is no JSON', { kind: 'not_json' }, 'ANSWER_UNREADABLE'],
  ] as const)('%s: unknown, then found by look-up with its document, charged once', async (_name, effect, reason) => {
    await using rig = await startRig();
    const { carrier, offer, prepared } = await ready(rig, dialect, 'lbl_lost');
    await rig.fail([rule(effect)]);
    expect(await carrier.buy(prepared, call)).toEqual({ kind: 'unknown', reason });
    const found = await lookUp(carrier, prepared);
    if (found.kind !== 'bought') throw new Error(JSON.stringify(found));
    expect(found).toMatchObject({ charge: offer.rate, voided: false, duplicates: [] });
    expect(found.document?.format).toBe('ZPL203');
    // The same request finds the same purchase instead of making another.
    const again =
      dialect.again === 'unknown'
        ? { kind: 'unknown', reason: 'BOUGHT_BEFORE' }
        : { kind: 'purchased', shipmentId: found.shipmentId };
    expect(await carrier.buy(prepared, call)).toMatchObject(again);
    expect((await rig.ledger()).totals).toMatchObject({ charges: 1, doubleCharged: 0 });
  });

  it.each([
    ['silence', { kind: 'no_answer_before' }, 'TIMEOUT', 150],
    ['a cut line', { kind: 'connection_lost_before' }, 'CONNECTION_LOST', 5_000],
    ['an error', { kind: 'error_before' }, 'SERVER_ERROR', 5_000],
  ] as const)(
    '%s before the charge: unknown, and "not bought" is believed only after the horizon',
    async (_name, effect, reason, timeoutMs) => {
      await using rig = await startRig();
      const { carrier, prepared } = await ready(rig, dialect, 'lbl_never');
      await rig.fail([rule(effect)]);
      expect(await carrier.buy(prepared, { timeoutMs })).toEqual({ kind: 'unknown', reason });
      const horizon = carrier.profile.horizonMs / 1_000;
      expect(await lookUp(carrier, prepared, horizon - 1)).toEqual({
        kind: 'not_bought',
        horizonPassed: false,
        secondsToHorizon: 1,
      });
      expect(await lookUp(carrier, prepared, horizon)).toEqual({
        kind: 'not_bought',
        horizonPassed: true,
        secondsToHorizon: 0,
      });
      expect((await rig.ledger()).totals.charges).toBe(0);
      expect((await carrier.buy(prepared, call)).kind).toBe('purchased');
    },
  );

  it('finds a charge that landed late, after it had not been there', async () => {
    await using rig = await startRig();
    const { carrier, prepared } = await ready(rig, dialect, 'lbl_late');
    await rig.fail([rule({ kind: 'late_charge', afterMs: 300 })]);
    expect((await carrier.buy(prepared, call)).kind).toBe('unknown');
    expect((await lookUp(carrier, prepared)).kind).toBe('not_bought');
    await expect.poll(async () => (await lookUp(carrier, prepared)).kind, { interval: 20 }).toBe('bought');
  });

  it('knows that nothing was bought when the carrier cannot be reached, and nothing more', async () => {
    await using rig = await startRig();
    const { prepared } = await ready(rig, dialect, 'lbl_down');
    await rig.simulator.close(0);
    const registry = createCarrierRegistry([{ ...settingsOf(id, rig.simulator.url), apiKey: 'any' }]);
    const gone = registry.carrierById(id)!;
    expect(await gone.buy(prepared, call)).toMatchObject({
      kind: 'refused',
      code: 'carrier.unreachable',
      retry: 'later',
    });
    expect(await gone.quote(enquiry, call)).toEqual({ kind: 'unavailable', reason: 'UNREACHABLE' });
    expect(await lookUp(gone, prepared, 1e6)).toMatchObject({ kind: 'unknown', reason: 'UNREACHABLE' });
    await registry.close();
  });

  it('refuses wrong credentials as something to try again later, without buying', async () => {
    await using rig = await startRig({ apiKey: 'another-key-than-the-clients-have' });
    const carrier = rig.registry.carrierById(id)!;
    expect(await carrier.quote(enquiry, call)).toMatchObject({ kind: 'unavailable', reason: 'CREDENTIALS_REFUSED' });
    await using known = await startRig();
    const { prepared } = await ready(known, dialect, 'lbl_key');
    expect(await carrier.buy(prepared, call)).toMatchObject({ code: 'carrier.credentials_refused', retry: 'later' });
  });

  it('keeps addresses and credentials out of errors and out of the ledger that auditors read', async () => {
    await using rig = await startRig();
    const { carrier, prepared } = await ready(rig, dialect, 'lbl_private');
    const failed = [
      await carrier.buy({ ...prepared, body: `${prepared.body},` }, call),
      await carrier.buy({ ...prepared, body: prepared.body.replace('DDP', 'Hauptstraße 5') }, call),
      await carrier.void('Jörg Weiß', call),
    ];
    await carrier.buy(prepared, call);
    const ledger = await (await rig.admin('/ledger')).text();
    for (const secret of ['Weiß', 'Hauptstra', 'a-carrier-key']) {
      expect(JSON.stringify(failed) + ledger).not.toContain(secret);
    }
  });
});
