import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expectation } from './expected/expectation.ts';
import { RowSamples } from './expected/feeds.ts';
import { confirmationText } from './files/confirmation.ts';
import { inventoryLoaderText } from './files/inventoryLoader.ts';
import { readableJson, recordLines } from './files/jsonText.ts';
import { productFeedText } from './files/productFeed.ts';
import {
  orderRecords,
  regionRecords,
  sellerRecords,
  skuRecords,
  storyRecord,
  templateRecords,
} from './files/records.ts';
import { writeFile } from './files/writeFile.ts';
import { buildWorld } from './plan/buildWorld.ts';
import type { Wanted } from './plan/world.ts';
import { Random } from './random.ts';

export interface WrittenFile {
  readonly name: string;
  readonly bytes: number;
}

/** Writes every file of the examples into a folder; the same numbers give the same bytes. Feeds are streamed. */
export async function generate(wanted: Wanted, folder: string): Promise<readonly WrittenFile[]> {
  await mkdir(folder, { recursive: true });
  const world = buildWorld(wanted);
  const random = new Random(`global express files/${wanted.seed}`);
  const samples = { loader: new RowSamples(), productFeed: new RowSamples() };
  const { seller } = world.productFeed;
  const loaderText = inventoryLoaderText(world.loader, random.fork('loader'), (row, recordNo, sku) =>
    samples.loader.note(row, recordNo, sku),
  );
  const productText = productFeedText(world.productFeed, random.fork('product feed'), (row, recordNo) =>
    samples.productFeed.note(row, recordNo, seller.skus[row.sku]?.code ?? ''),
  );
  const files: Readonly<Record<string, () => Iterable<string>>> = {
    'sellers.json': () => recordLines(sellerRecords(world)),
    'templates.json': () => recordLines(templateRecords(world)),
    'skus.json': () => recordLines(skuRecords(world)),
    'regions.json': () => recordLines(regionRecords(world)),
    'inventory-loader.txt': () => loaderText,
    'product-feed.xml': () => productText,
    'orders.json': () => recordLines(orderRecords(world)),
    'labels.json': () => recordLines(world.labels),
    'confirmation.txt': () => confirmationText(world.confirmation),
    'story.json': () => [readableJson(storyRecord(world))],
    // Last: it tells where in the feeds a row of each kind stands.
    'expected.json': () => [readableJson(expectation(world, samples))],
  };
  const written: WrittenFile[] = [];
  for (const [name, text] of Object.entries(files)) {
    written.push({ name, bytes: await writeFile(join(folder, name), text()) });
  }
  return written;
}
