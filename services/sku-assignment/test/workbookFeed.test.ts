import { readFileSync } from 'node:fs';
import { SkuEntity } from '@ge/database';
import { runOwed, skuRow } from '@ge/testkit';
import { expect, test } from 'vitest';
import { longBook } from '../../../packages/feeds/test/workbook-slices.ts';
import { takeInFeed } from '../takeInFeed.ts';
import { database, feedOf, feedsOnServers, rowsOf, seller, submit, workOff } from './feedsOnServers.ts';

const saved = (name: string) => readFileSync(new URL(`../../../packages/feeds/test/fixtures/${name}`, import.meta.url));

feedsOnServers();

test('a workbook is applied as the table in it, whoever saved it (R15)', async () => {
  await database().transaction((tx) =>
    tx.insert(
      SkuEntity,
      ['MUG-1', '12345', '00123', 'MUG-4', 'MUG-5'].map((sku) => skuRow(seller, sku, 'T-home')),
    ),
  );
  await database().query(`update shipping_templates set name = 'Global Express' where id = 'T-world'`);
  const ids = [];
  for (const [no, name] of ['plain.libreoffice.xlsx', 'plain.openpyxl.xlsx'].entries()) {
    ids.push(await submit(saved(name), no + 1));
    await workOff(2);
  }
  expect((await feedOf(ids[0]!)).counts).toMatchObject({ processed: 6, applied: 2, rejected: 4 });
  const [first, second] = [await rowsOf(ids[0]!), await rowsOf(ids[1]!)];
  const seen = first.filter(({ recordNo }) => recordNo > 0);
  expect(seen.map(({ recordNo, sku, outcome, problems }) => [recordNo, sku, outcome, problems[0]?.code])).toEqual([
    [1, 'MUG-1', 'applied', undefined],
    [2, '12345', 'rejected', 'template.name_unknown'],
    [3, '00123', 'rejected', 'template.name_unknown'],
    [5, 'MUG-4', 'applied', undefined],
    [6, 'MUG-5', 'rejected', 'template.name_unknown'],
    [7, 'MUG-6', 'rejected', 'sku.unknown'],
  ]);
  expect(second.map(({ recordNo, sku }) => [recordNo, sku])).toEqual(first.map(({ recordNo, sku }) => [recordNo, sku]));
});

test('a long workbook says after each slice how much of it is read, and a slice that was rolled back is read again (R15)', async () => {
  const { file } = longBook(32_000);
  const id = await submit(file, 1);
  const handler = takeInFeed(100);
  const saved: number[] = [];
  let attempts = 0;
  await runOwed(database(), {
    ...handler,
    save: async (tx, state, now) => {
      await handler.save(tx, state, now);
      if (++attempts === 2) throw new Error('the second slice is lost');
      saved.push(...state.feeds.changed().map(({ readBytes }) => readBytes));
    },
  } satisfies typeof handler);
  expect(saved.length).toBeGreaterThan(2);
  expect(saved).toEqual([...new Set(saved)].sort((a, b) => a - b));
  expect(saved.at(-1)).toBe(file.length);
  expect(await feedOf(id)).toMatchObject({ stagedRows: 32_000, readBytes: file.length });
});
