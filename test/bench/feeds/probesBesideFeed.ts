import { assignSkus } from '@ge/contracts';
import { SellerEntity, ShippingTemplateEntity, SkuEntity } from '@ge/database';
import { eventually, sellerRow, skuRow, templateRow } from '@ge/testkit';
import { others, proberOf, waitOfProbes } from '../effect/probes.ts';
import { startFeedFleet, uploadFeed } from './feedFleet.ts';
import { sellerWithSkus } from './scene.ts';

/**
 * The 99th percentile, in milliseconds, of the wait of direct changes that 50 sellers make at an even rate, while the fleet
 * reads and applies one file of another seller; on an idle fleet where there is no file.
 * @throws Error where the file was applied before the last of them
 */
export async function waitBesideFeed(probes: number, file: string | null, rows: number): Promise<number> {
  const db = await sellerWithSkus(file ? rows : 0);
  const { database } = db;
  const sellers = Array.from({ length: others }, (_, no) => proberOf(no));
  await database.transaction(async (tx) => {
    await tx.insert(
      SellerEntity,
      sellers.map((id) => sellerRow(id)),
    );
    const templates = sellers.flatMap((id) => ['A', 'B'].map((name) => templateRow(id, `${id}-${name}`, { name })));
    await tx.insert(ShippingTemplateEntity, templates);
    await tx.insert(
      SkuEntity,
      sellers.map((id) => skuRow(id, 'SKU-1', `${id}-A`)),
    );
  });
  const { client, stop } = await startFeedFleet(db.url);
  const change = (no: number) => {
    const sellerId = proberOf(no);
    const items = [{ sku: 'SKU-1', template: { name: no % 2 === 0 ? 'A' : 'B' } }];
    return { job: assignSkus, sellerId, payload: { sellerId, commandNo: no + 1, items } };
  };
  try {
    // Everything has compiled what it runs before anything is measured.
    await waitOfProbes(database, 200, change);
    if (!file) return await waitOfProbes(database, probes, (no) => change(200 + no));
    const feedId = await uploadFeed(client, file);
    const stateOf = async () =>
      (await database.query<{ state: string }>('select state from feeds where id = $1', [feedId]))[0]!.state;
    await eventually('the feed has begun', async () => (await stateOf()) === 'IN_PROGRESS');
    const p99 = await waitOfProbes(database, probes, (no) => change(200 + no));
    if ((await stateOf()) !== 'IN_PROGRESS') throw new Error('the feed was over before the probes were');
    return p99;
  } finally {
    await stop();
    await db.drop();
  }
}
