import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { generate } from '../generate/generate.ts';
import { readJson } from './inMemory.ts';

const committed = join(import.meta.dirname, '..');
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ge-examples-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

test('the committed files are what the generator writes, byte for byte', async () => {
  const out = join(folder, 'same');
  const written = await generate({ seed: 7, sellers: 300, rows: 10_240 }, out);
  const differing: string[] = [];
  for (const { name } of written) {
    const [now, then] = await Promise.all([readFile(join(out, name)), readFile(join(committed, name))]);
    if (!now.equals(then)) differing.push(name);
  }
  expect(differing, 'run: ./ge run examples/generate/main.ts --seed 7 --sellers 300 --out examples').toEqual([]);
  expect(written.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThan(8_000_000);
});

test('no file is left half-written, none that nobody knows lies about', async () => {
  const out = join(folder, 'small');
  const written = await generate({ seed: 1, sellers: 80, rows: 1000 }, out);
  expect((await readdir(out)).sort()).toEqual(written.map(({ name }) => name).sort());
  for (const { name, bytes } of written) expect((await stat(join(out, name))).size).toBe(bytes);
});

test('another seed makes another world', async () => {
  const out = join(folder, 'other');
  await generate({ seed: 8, sellers: 300, rows: 10_240 }, out);
  const [one, other] = await Promise.all([
    readFile(join(out, 'sellers.json'), 'utf8'),
    readFile(join(committed, 'sellers.json'), 'utf8'),
  ]);
  expect(one).not.toBe(other);
});

test('a larger file is larger in its feeds and has every kind of row', async () => {
  const out = join(folder, 'larger');
  await generate({ seed: 7, sellers: 120, rows: 30_000 }, out);
  const text = await readFile(join(out, 'inventory-loader.txt'), 'utf8');
  expect(text.startsWith('\uFEFFTemplateType=InventoryLoader\t')).toBe(true);
  const { steps } = JSON.parse(await readFile(join(out, 'expected.json'), 'utf8'));
  expect(steps.inventoryLoader.counts.processed).toBe(30_000);
  const kinds = readJson<{ steps: { inventoryLoader: { rowsByKind: object } } }>('expected.json').steps.inventoryLoader;
  expect(Object.keys(steps.inventoryLoader.rowsByKind)).toEqual(Object.keys(kinds.rowsByKind));
});
