import { routes } from '@ge/api';
import { eventually, type TestDatabase } from '@ge/testkit';
import { cpuMs, peakMb } from '../servers/processUse.ts';
import { startFeedFleet, uploadFeed } from './feedFleet.ts';
import { expectedOf, type FeedOutcomes, seller, sellerWithSkus } from './scene.ts';

export interface FeedDone {
  readonly ms: number;
  readonly workerPeakMb: number;
  readonly beside: Readonly<Record<string, number>>;
}

/**
 * One file through gateway, relay and worker, processes of their own with their defaults: from the beginning of its upload
 * until its report has been downloaded. @throws Error unless every row ended as it had to
 */
export async function feedThroughFleet(file: string, rows: number): Promise<FeedDone> {
  const db = await sellerWithSkus(rows);
  const { relay, worker, gateway, client, stop } = await startFeedFleet(db.url);
  try {
    const before = await Promise.all([relay, worker, gateway].map((service) => cpuMs(service.process.pid)));
    const started = performance.now();
    const feedId = await uploadFeed(client, file);
    const uploaded = performance.now();
    const isStaged = () => stands(db, `exists (select from messages where name = 'take-in-feed')`, feedId);
    await eventually('the file is read', async () => !(await isStaged()), 300_000);
    const staged = performance.now();
    await eventually('a report', () => stands(db, 'report_document_id is not null', feedId), 300_000);
    const report = (await client.call(routes.feeds.downloadFeedReport, { params: { feedId } })) as Blob;
    const reportBytes = (await report.arrayBuffer()).byteLength;
    const ended = performance.now();
    const after = await Promise.all([relay, worker, gateway].map((service) => cpuMs(service.process.pid)));
    await check(db, feedId, rows, reportBytes);
    const seconds = (index: number) => (after[index]! - before[index]!) / 1_000;
    return {
      ms: ended - started,
      workerPeakMb: await peakMb(worker.process.pid),
      beside: {
        'upload, s': (uploaded - started) / 1_000,
        'reading, s': (staged - uploaded) / 1_000,
        'applying and report, s': (ended - staged) / 1_000,
        'relay, CPU s': seconds(0),
        'worker, CPU s': seconds(1),
        'gateway, CPU s': seconds(2),
      },
    };
  } finally {
    await stop();
    await db.drop();
  }
}

const stands = async (db: TestDatabase, condition: string, feedId: string): Promise<boolean> =>
  (await db.database.query(`select from feeds where id = $1 and ${condition}`, [feedId])).length > 0;

async function check(db: TestDatabase, feedId: string, rows: number, reportBytes: number): Promise<void> {
  const [found] = await db.database.query<FeedOutcomes>(
    `select count(*) filter (where r.outcome = 'applied')::int as applied,
            count(*) filter (where r.outcome = 'rejected')::int as rejected,
            count(r.former_template_id)::int as former,
            count(*) filter (where s.template_id = t.id and r.template_id = t.id)::int as moved
       from feed_rows r
       join shipping_templates t on t.name = r.template_name
       left join skus s on s.seller_id = $2 and s.sku = r.sku
      where r.feed_id = $1 and r.record_no > 0`,
    [feedId, seller],
  );
  const [feed] = await db.database.query<{ state: string; counts: Record<string, number> }>(
    'select state, counts from feeds where id = $1',
    [feedId],
  );
  const expected = expectedOf(rows);
  const told = `${JSON.stringify(found)}, ${JSON.stringify(feed)}`;
  const counted = feed?.counts.applied === expected.applied && feed.counts.rejected === expected.rejected;
  const same = (Object.keys(expected) as (keyof FeedOutcomes)[]).every((key) => found?.[key] === expected[key]);
  // A line at least for each rejected row.
  if (!same || !counted || feed?.state !== 'DONE' || reportBytes < expected.rejected * 20)
    throw new Error(`the fleet did not apply ${rows} rows: ${told}, a report of ${reportBytes} bytes`);
}
