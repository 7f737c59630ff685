import { deathsTried, drained, eventually } from '@ge/testkit';
import { expect, test } from 'vitest';
import {
  bulk,
  cancel,
  database,
  feedOf,
  feedsOnServers,
  placed,
  reportOf,
  rowsOf,
  start,
  startToDie,
  submit,
  table,
  workOff,
} from './feedsOnServers.ts';

feedsOnServers();

test('a feed that is cancelled before it is read reports that nothing of it was attempted (R15)', async () => {
  const id = await submit(bulk(), 1);
  await cancel(id);
  await workOff();
  expect(await feedOf(id)).toMatchObject({ state: 'CANCELLED', counts: { processed: 0 } });
  expect(await reportOf(id)).toContain('GE-15045');
  expect(await placed()).toEqual({ 'T-home': 500 });
});

/** So long that it is read in several slices. */
const manySlices = () =>
  [
    'sku\tmerchant_shipping_group_name\tnote',
    ...Array.from({ length: 450 }, (_, no) => `SKU-${no}\tWorld wide\t${'x'.repeat(1_000)}`),
  ].join('\n');

const moments = [
  ['while it is applied', 'batch.committed@apply-feed'],
  ['while it is read', 'batch.committed@take-in-feed'],
] as const;

test.for(deathsTried(moments))(
  'a feed cancelled %s keeps what was applied, its open rows are not attempted and the next one has its turn (R15)',
  async ([, failpoint]) => {
    const id = await submit(manySlices(), 1);
    await start('relay');
    await (await startToDie({ GE_FAILPOINT: failpoint })).ended;
    const next = await submit(table(['SKU-499\tWorld wide']), 2);
    const { stagedRows, settledRows, readBytes, fileBytes } = await feedOf(id);
    expect(settledRows).toBeLessThan(stagedRows);
    if (failpoint === 'batch.committed@take-in-feed') {
      expect(stagedRows).toBeLessThan(450);
      expect(readBytes).toBeGreaterThan(0);
      expect(readBytes).toBeLessThan(fileBytes);
    } else expect([settledRows > 0, readBytes]).toEqual([true, fileBytes]);
    await cancel(id);
    await start('sku-assignment');
    await drained(database());
    const counts = { processed: stagedRows, applied: settledRows, notAttempted: stagedRows - settledRows };
    expect(await feedOf(id)).toMatchObject({ state: 'CANCELLED', stagedRows, settledRows: stagedRows, counts });
    expect(await feedOf(next)).toMatchObject({ state: 'DONE', counts: { applied: 1 } });
    expect(await placed()).toEqual({ 'T-home': 499 - settledRows, 'T-world': settledRows + 1 });
    const rows = (await rowsOf(id)).filter(({ recordNo }) => recordNo > 0);
    expect(rows.filter(({ outcome }) => outcome === 'applied')).toHaveLength(settledRows);
    expect(rows.filter(({ outcome }) => outcome === 'not_attempted')).toHaveLength(stagedRows - settledRows);
    expect(await reportOf(id)).toContain('GE-15034');
    expect(await database().query('select 1 from feed_blocks')).toEqual([]);
    expect(await database().query(`select 1 from operations where state <> 'closed'`)).toEqual([]);
  },
);

test('a feed that waits for its turn has it as soon as the one before it has ended', async () => {
  const first = await submit(table(['SKU-1\tWorld wide']), 1);
  const second = await submit(table(['SKU-1\tHome']), 2);
  const later = `update messages set due_at = now() + interval '1 hour' where payload->>'feedId' = $1`;
  await database().query(later, [first]);
  await Promise.all([start('relay'), start('sku-assignment')]);
  await eventually('the second waits', async () => {
    const [row] = await database().query('select 1 from messages where snoozes > 0 and due_at is not null');
    return row !== undefined;
  });
  await database().query(later, [second]);
  await database().query(`update messages set due_at = now() where payload->>'feedId' = $1`, [first]);
  await drained(database());
  expect(await feedOf(second)).toMatchObject({ state: 'DONE', counts: { applied: 1 } });
});
