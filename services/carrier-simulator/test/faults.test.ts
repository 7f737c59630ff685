import { describe, expect, it } from 'vitest';
import type { FaultScript } from '../index.ts';
import { call, enquiry, intentFor, type Rig, rule, startRig } from './simulatorFixture.ts';

const buyMany = async (rig: Rig, references: readonly string[]) => {
  const carrier = rig.registry.carrierById('simulator-express')!;
  const quote = await carrier.quote(enquiry, call);
  if (quote.kind !== 'quoted') throw new Error(quote.kind);
  const offer = quote.offers[0]!;
  const outcomes = await Promise.all(
    references.map(async (reference) => {
      const outcome = await carrier.buy(carrier.prepare(intentFor(reference, offer)), call);
      return [reference, 'reason' in outcome ? outcome.reason : outcome.kind] as const;
    }),
  );
  return Object.fromEntries(outcomes);
};

const lottery = (seed: string): FaultScript['lotteries'][number] => ({
  operation: 'buy',
  seed,
  draws: [
    { share: 0.2, effect: { kind: 'error_after' } },
    { share: 0.2, effect: { kind: 'ok_without_label' } },
    { share: 0.1, effect: { kind: 'connection_lost_before' } },
  ],
});

describe('programmed faults', () => {
  const references = Array.from({ length: 60 }, (_, i) => `lbl_${i}`);
  const play = async (seed: string, order: readonly string[]) => {
    await using rig = await startRig();
    await rig.admin('/faults', { method: 'POST', body: { lotteries: [lottery(seed)] } });
    return { outcomes: await buyMany(rig, order), charges: (await rig.ledger()).totals.charges };
  };

  it('the same seed gives every purchase the same fate, in whatever order they come; another seed another', async () => {
    const first = await play('seed-1', references);
    const shuffled = await play('seed-1', references.toReversed());
    const other = await play('seed-2', references);
    expect(shuffled).toEqual(first);
    expect(other.outcomes).not.toEqual(first.outcomes);
    const kinds = Object.values(first.outcomes);
    for (const kind of ['purchased', 'SERVER_ERROR', 'ANSWER_WITHOUT_LABEL', 'CONNECTION_LOST'])
      expect(kinds).toContain(kind);
    expect(first.charges).toBe(kinds.filter((kind) => kind !== 'CONNECTION_LOST').length);
  });

  it('a rule hits the named reference so many times after so many passes, and no other', async () => {
    await using rig = await startRig();
    await rig.fail([rule({ kind: 'error_before' }, { reference: 'lbl_b', skip: 1, times: 2 })]);
    const fates: string[] = [];
    for (let i = 0; i < 4; i++) fates.push((await buyMany(rig, ['lbl_b'])).lbl_b!);
    expect(await buyMany(rig, ['lbl_a'])).toEqual({ lbl_a: 'purchased' });
    expect(fates.slice(1, 3)).toEqual(['SERVER_ERROR', 'SERVER_ERROR']);
    expect(fates[0]).toBe('purchased');
    expect((await rig.ledger()).totals.faults).toEqual({ error_before: 2 });
  });

  it('can be taken back', async () => {
    await using rig = await startRig();
    await rig.fail([rule({ kind: 'error_before' }, { times: 1_000 })]);
    await rig.admin('/faults', { method: 'DELETE' });
    expect(await buyMany(rig, ['lbl_a'])).toEqual({ lbl_a: 'purchased' });
  });

  it('is refused when it is not understood', async () => {
    await using rig = await startRig();
    const answer = await rig.admin('/faults', {
      method: 'POST',
      body: { rules: [{ effect: { kind: 'earthquake' } }] },
    });
    expect(answer.status).toBe(400);
  });
});
