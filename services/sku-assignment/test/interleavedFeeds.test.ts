import { FeedEntity, FeedRowEntity } from '@ge/database';
import { type TestDatabase, testDatabase } from '@ge/testkit';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Given, type Move, SteppedSeller, skus, templates } from './interleavedFeeds.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase(8);
});
afterAll(() => db.drop());

const move: fc.Arbitrary<Move> = fc.tuple(
  fc.constantFrom(...skus),
  fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...templates) }, { weight: 1, arbitrary: fc.constant(null) }),
);
const feed = fc.array(move, { minLength: 1, maxLength: 12 });
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

/** Commands one after the other in the order of acceptance, each as a whole. */
function oneAfterTheOther(given: readonly Given[], notAttempted: (command: Given) => ReadonlySet<number>) {
  const placed: Record<string, string> = Object.fromEntries(skus.map((sku) => [sku, 'T-0']));
  for (const command of given) {
    if (command.dryRun) continue;
    const skipped = notAttempted(command);
    for (const sku of skus) {
      // The last row that speaks of a SKU wins in its file, whatever becomes of it.
      const last = command.moves.findLastIndex(([one]) => one === sku);
      const template = command.moves[last]?.[1];
      if (template && !skipped.has(last + 1)) placed[sku] = template;
    }
  }
  return placed;
}

test('feeds, direct changes, renames, cancels and crashes in any order leave what one after the other would (R15, R16)', async () => {
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
          if (state === 'DONE') expect([stagedRows, counts!.notAttempted]).toEqual([asked.moves.length, 0]);
        }
        const notAttempted = ({ feedId, moves }: Given) => {
          if (feedId === null) return new Set<number>();
          const attempted = new Set(
            (rowsOf.get(feedId) ?? []).flatMap(({ recordNo, outcome }) =>
              outcome === 'not_attempted' ? [] : [recordNo],
            ),
          );
          return new Set(moves.map((_, no) => no + 1).filter((no) => !attempted.has(no)));
        };
        expect(await seller.placed()).toEqual(oneAfterTheOther(seller.given, notAttempted));
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
