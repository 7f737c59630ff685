import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { call, enquiry, intentFor, type LedgerAnswer, startRig } from './simulatorFixture.ts';

const temporaryFolder = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'carrier-ledger-'));
  return { file: join(folder, 'ledger.sqlite'), [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) };
};

describe('the ledger of charges', () => {
  it('outlives its process: a repeat after the restart is still answered with the first charge', async () => {
    await using folder = await temporaryFolder();
    const buy = async (intentId: string, token?: string) => {
      await using rig = await startRig({ databaseFile: folder.file });
      const carrier = rig.registry.carrierById('simulator-parcel')!;
      const quote = await carrier.quote(enquiry, call);
      const offer = quote.kind === 'quoted' ? quote.offers[0]! : undefined;
      const intent = intentFor(intentId, { serviceId: offer!.serviceId, offerToken: token ?? offer!.offerToken });
      return {
        outcome: await carrier.buy(carrier.prepare(intent), call),
        token: intent.offerToken,
        ledger: await rig.ledger(),
      };
    };
    const first = await buy('lbl_restart');
    const again = await buy('lbl_restart', first.token);
    const next = await buy('lbl_next');
    expect(again.outcome).toEqual(first.outcome);
    expect(next.ledger.totals.charges).toBe(2);
    expect(new Set(next.ledger.charges.map(({ trackingId }) => trackingId)).size).toBe(2);
  });

  it('takes no change and no removal, only additions', async () => {
    await using folder = await temporaryFolder();
    await using rig = await startRig({ databaseFile: folder.file });
    const carrier = rig.registry.carrierById('simulator-express')!;
    const quote = await carrier.quote(enquiry, call);
    if (quote.kind !== 'quoted') throw new Error(quote.kind);
    await carrier.buy(carrier.prepare(intentFor('lbl_book', quote.offers[0]!)), call);
    const book = new DatabaseSync(folder.file);
    for (const table of ['charges', 'calls']) {
      expect(() => book.exec(`update ${table} set at = 0`)).toThrow(/append-only/);
      expect(() => book.exec(`delete from ${table}`)).toThrow(/append-only/);
    }
    book.close();
  });

  it('is read page by page without losing or repeating a line, and its totals agree with its lines', async () => {
    await using rig = await startRig();
    const carrier = rig.registry.carrierById('simulator-express')!;
    const quote = await carrier.quote(enquiry, call);
    if (quote.kind !== 'quoted') throw new Error(quote.kind);
    const offer = quote.offers[0]!;
    for (let i = 0; i < 7; i++) await carrier.buy(carrier.prepare(intentFor(`lbl_${i}`, offer)), call);
    const references: string[] = [];
    let sum = 0;
    for (let after: number | null = 0; after !== null; ) {
      const page = (await (await rig.admin(`/ledger?limit=3&after=${after}`)).json()) as LedgerAnswer;
      references.push(...page.charges.map(({ reference }) => reference));
      sum += page.charges.reduce((total, { chargedMinor }) => total + chargedMinor, 0);
      after = page.next;
    }
    expect(references).toEqual(Array.from({ length: 7 }, (_, i) => `lbl_${i}`));
    expect((await rig.ledger()).totals).toMatchObject({ charges: 7, chargedMinor: sum });
    expect((await rig.admin('/ledger?limit=1001')).status).toBe(400);
  });

  it('shows every purchase request per reference, also those that bought nothing', async () => {
    await using rig = await startRig();
    const carrier = rig.registry.carrierById('simulator-express')!;
    const prepared = carrier.prepare(intentFor('lbl_calls', { offerToken: 'none', serviceId: 'P' }));
    await carrier.buy(prepared, call);
    await carrier.buy(prepared, call);
    const page = (await (await rig.admin('/ledger/calls?reference=lbl_calls')).json()) as {
      calls: { bodyHash: string }[];
    };
    expect(page.calls.map(({ bodyHash }) => bodyHash)).toEqual([prepared.bodyHash, prepared.bodyHash]);
  });
});
