import { FeedEntity, FeedRowEntity, type FeedRowRow } from '@ge/database';
import { type TestDatabase, testDatabase } from '@ge/testkit';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DELETED, type Given, type Move, SteppedSeller, skus, templates } from './interleavedFeeds.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase(8);
});
afterAll(() => db.drop());

const sku = fc.constantFrom(...skus);
const template = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...templates) },
  { weight: 1, arbitrary: fc.constant(null) },
);
const move: fc.Arbitrary<Move> = fc.tuple(sku, template);
const deletion: fc.Arbitrary<Move> = fc.tuple(sku, fc.constant(DELETED));
const row = fc.oneof({ weight: 12, arbitrary: move }, { weight: 1, arbitrary: deletion });
const feed = fc.array(row, { minLength: 1, maxLength: 12 });
/** No SKU twice: a direct change with contradictions is refused as a whole. */
const change = fc.uniqueArray(move, { minLength: 1, maxLength: 4, selector: ([sku]) => sku });

const step = fc.oneof(
  { weight: 3, arbitrary: feed.map((moves) => (seller: SteppedSeller) => seller.submit(moves, false)) },
  { weight: 1, arbitrary: feed.map((moves) => (seller: SteppedSeller) => seller.submit(moves, true)) },
  { weight: 3, arbitrary: change.map((moves) => (seller: SteppedSeller) => seller.assign(moves)) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(...templates).map((template) => (seller: SteppedSeller) => seller.rename(template)),
  },
  { weight: 1, arbitrary: fc.nat(20).map((no) => (seller: SteppedSeller) => seller.cancel(no)) },
  { weight: 2, arbitrary: fc.nat(20).map((no) => (seller: SteppedSeller) => seller.revert(no)) },
  {
    weight: 12,
    arbitrary: fc.tuple(fc.nat(20), fc.constantFrom('once', 'once', 'once', 'twice', 'crash')).map(
      ([no, how]) =>
        async (seller: SteppedSeller) =>
          void (await seller.run(no, how)),
    ),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(fc.nat(20), fc.nat(20)).map(([one, other]) => async (seller: SteppedSeller) => {
      await Promise.all([seller.run(one, 'once'), seller.run(other, 'once')]);
    }),
  },
);

type Rows = ReadonlyMap<string | null, readonly FeedRowRow[]>;

/**
 * Commands one after the other in the order of acceptance, each as a whole. Of what the feeds report only this is taken: which
 * rows were not attempted, whether a deletion came before a change that was accepted later, and what a feed replaced.
 */
function oneAfterTheOther(given: readonly Given[], reported: Rows): Record<string, string> {
  const placed = new Map(skus.map((sku) => [sku as string, { template: 'T-0', by: 0 }]));
  const nameOf = (templateId: string) => templates.find((template) => templateId.endsWith(`-${template}`))!;
  for (const { commandNo, feedId, moves, dryRun, reverts } of given) {
    if (dryRun) continue;
    const rows = new Map((reported.get(feedId) ?? []).map((row) => [row.recordNo, row]));
    const isAttempted = (recordNo: number) =>
      feedId === null || (rows.get(recordNo)?.outcome ?? 'not_attempted') !== 'not_attempted';
    if (reverts !== null) {
      const { commandNo: revertedNo } = given.find((other) => other.feedId === reverts)!;
      for (const { recordNo, sku, outcome, detail, formerTemplateId } of reported.get(reverts) ?? []) {
        const untouched = placed.get(sku)?.by === revertedNo && !detail?.deletes && outcome === 'applied';
        if (untouched && isAttempted(recordNo)) placed.set(sku, { template: nameOf(formerTemplateId!), by: commandNo });
      }
    }
    for (const sku of skus) {
      // The last row that speaks of a SKU wins in its file, whatever becomes of it.
      const last = moves.findLastIndex(([one]) => one === sku);
      const template = moves[last]?.[1];
      if (!template || !isAttempted(last + 1) || !placed.has(sku)) continue;
      if (template !== DELETED) placed.set(sku, { template, by: commandNo });
      else if (rows.get(last + 1)!.outcome === 'applied') placed.delete(sku);
      else expect(laterChangesOf(given, commandNo)).toContain(sku);
    }
  }
  return Object.fromEntries([...placed].map(([sku, { template }]) => [sku, template]));
}

/** SKUs that a direct change accepted after this command puts somewhere. */
const laterChangesOf = (given: readonly Given[], commandNo: number) =>
  given.flatMap((other) =>
    other.feedId === null && other.commandNo > commandNo
      ? other.moves.flatMap(([sku, template]) => (template === null ? [] : [sku]))
      : [],
  );

test('feeds, reverts, deletions, direct changes, renames, cancels and crashes in any order leave what one after the other would (R15, R16)', async () => {
  const runs = process.env.GE_DEEP ? 300 : 15;
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 5, maxLength: 40 }),
      fc.infiniteStream(fc.nat(20)),
      async (steps, order) => {
        const seller = await SteppedSeller.open(db.database);
        for (const one of steps) await one(seller);
        for (const no of order) if (!(await seller.run(no, 'once'))) break;

        const feeds = await db.database.transaction((tx) =>
          tx.select(FeedEntity, 'where t.seller_id = $1 order by t.command_no', [seller.id]),
        );
        const rows = await db.database.transaction((tx) =>
          tx.select(FeedRowEntity, 'where t.feed_id = any($1::text[]) and t.record_no > 0', [
            feeds.map(({ id }) => id),
          ]),
        );
        const rowsOf = Map.groupBy(rows, ({ feedId }) => feedId);
        for (const { id, state, counts, stagedRows, settledRows, reportDocumentId, dryRun } of feeds) {
          const asked = seller.given.find(({ feedId }) => feedId === id)!;
          const found = rowsOf.get(id) ?? [];
          expect({ state, dryRun }).toEqual({
            state: expect.stringMatching(/^(DONE|CANCELLED)$/),
            dryRun: asked.dryRun,
          });
          expect(reportDocumentId).not.toBeNull();
          expect([counts!.processed, settledRows, found.length]).toEqual([stagedRows, stagedRows, stagedRows]);
          expect(found.filter(({ outcome }) => outcome === 'not_attempted')).toHaveLength(counts!.notAttempted);
          if (state === 'DONE') expect(counts!.notAttempted).toBe(0);
          if (state === 'DONE' && !asked.reverts) expect(stagedRows).toBe(asked.moves.length);
        }
        expect(await seller.placed()).toEqual(oneAfterTheOther(seller.given, rowsOf));
        expect(
          await db.database.query('select 1 from feed_blocks where feed_id = any($1::text[])', [
            feeds.map(({ id }) => id),
          ]),
        ).toEqual([]);
      },
    ),
    { numRuns: runs },
  );
}, 600_000);
