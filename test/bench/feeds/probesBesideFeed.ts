import { assignSkus } from '@ge/contracts';
import { SellerEntity, ShippingTemplateEntity, SkuEntity } from '@ge/database';
import { eventually, sellerRow, skuRow, templateRow } from '@ge/testkit';
import { others, type ProbeCounts, proberOf, type Waits, waitOfProbes } from '../effect/probes.ts';
import { startFeedFleet, uploadFeed } from './feedFleet.ts';
import { sellerWithSkus } from './scene.ts';

/**
 * The wait of direct changes that 50 sellers make at an even rate: on an idle fleet, then while the same one reads and applies
 * a file of another seller. @throws Error where the file was applied before the last of them
 */
export async function waitsBesideFeed({ warming, measured }: ProbeCounts, file: string, rows: number): Promise<Waits> {
  const db = await sellerWithSkus(rows);
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
    await waitOfProbes(database, warming, change);
    const idle = await waitOfProbes(database, measured, (no) => change(warming + no));
    const feedId = await uploadFeed(client, file);
    const stateOf = async () =>
      (await database.query<{ state: string }>('select state from feeds where id = $1', [feedId]))[0]!.state;
    await eventually('the feed has begun', async () => (await stateOf()) === 'IN_PROGRESS');
    const beside = await waitOfProbes(database, measured, (no) => change(warming + measured + no));
    if ((await stateOf()) !== 'IN_PROGRESS') throw new Error('the feed was over before the probes were');
    return { idle, beside };
  } finally {
    await stop();
    await db.drop();
  }
}
