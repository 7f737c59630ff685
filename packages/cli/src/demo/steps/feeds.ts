import { openAsBlob, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { routes } from '@ge/api';
import { check } from '../check.ts';
import type { Demo } from '../demo.ts';
import type { ExampleFeed } from '../examples.ts';
import { settled } from '../settled.ts';
import { tallied } from '../several.ts';
import type { DemoStep } from '../step.ts';
import { exportableOf } from './pageAssignment.ts';

interface ExpectedFeed {
  readonly state: string;
  readonly counts: object;
  readonly rejectedByCode: object;
  readonly samples: readonly { readonly recordNo: number; readonly outcome: string; readonly code: string | null }[];
  readonly exportableSkus?: { readonly after: number };
}

const mediaTypes: Readonly<Record<ExampleFeed['type'], string>> = {
  'inventory-loader': 'text/tab-separated-values',
  'product-xml': 'text/xml',
  'shipping-confirmation': 'text/tab-separated-values',
};

/** Uploads a file as it is, waits for it, keeps its processing report, and compares every count. */
async function submitFeed(demo: Demo, feed: ExampleFeed, expected: ExpectedFeed) {
  const { client, database, folders, examples } = demo;
  const bytes = await openAsBlob(join(examples.folder, feed.file));
  const answer = await client.call(routes.feeds.uploadFeed, {
    params: { sellerId: feed.sellerId as never },
    query: { type: feed.type, fileName: feed.file },
    upload: { bytes, mediaType: mediaTypes[feed.type] },
  });
  await settled(demo, answer.operationId);
  const params = { feedId: answer.feedId };
  const ended = await client.call(routes.feeds.getFeed, { params });
  const report = await client.call(routes.feeds.downloadFeedReport, { params });
  writeFileSync(join(folders.reports, `${feed.file}.report.txt`), Buffer.from(await (report as Blob).arrayBuffer()));

  const rows = await database.query<{
    record_no: number;
    outcome: string;
    errors: string[] | null;
    codes: string[] | null;
  }>(
    `select record_no, outcome,
            (select array_agg(p->>'code') from jsonb_array_elements(problems) p where p->>'severity' = 'error') as errors,
            (select array_agg(p->>'code') from jsonb_array_elements(problems) p) as codes
       from feed_rows where feed_id = $1 and record_no > 0`,
    [answer.feedId],
  );
  const byNo = new Map(rows.map((row) => [row.record_no, row]));
  const seen = expected.samples.map(({ recordNo, outcome, code }) => {
    const row = byNo.get(recordNo);
    return { recordNo, outcome: outcome && row?.outcome, code: code && row?.codes?.includes(code) ? code : null };
  });
  const rejected = rows.filter((row) => row.outcome === 'rejected');
  return {
    counts: { ...ended.counts } as Record<string, number>,
    checks: [
      check(`${feed.file}: state`, expected.state, ended.state),
      check(`${feed.file}: rows by outcome`, expected.counts, ended.counts),
      check(
        `${feed.file}: rejected rows by code`,
        expected.rejectedByCode,
        tallied(rejected.flatMap((row) => row.errors ?? [])),
      ),
      check(
        `${feed.file}: rows looked at one by one`,
        expected.samples.map(({ recordNo, outcome, code }) => ({ recordNo, outcome, code })),
        seen,
      ),
      ...(expected.exportableSkus
        ? [
            check(
              `${feed.file}: SKUs exportable afterwards`,
              expected.exportableSkus.after,
              await exportableOf(demo, feed.sellerId),
            ),
          ]
        : []),
    ],
  };
}

/** More than fifty changes go by file: a table of the Inventory Loader and an XML product feed (R15, R16). */
export const feeds: DemoStep = {
  name: 'assign-by-feed',
  title: 'Takes in an Inventory Loader file and an XML product feed',
  run: async (demo) => {
    const { story, expected } = demo.examples;
    const [loader, product] = await Promise.all([
      submitFeed(demo, story.feeds.inventoryLoader, expected.inventoryLoader),
      submitFeed(demo, story.feeds.productFeed, expected.productFeed),
    ]);
    const sum = (name: string) => (loader.counts[name] ?? 0) + (product.counts[name] ?? 0);
    return {
      counts: {
        rows: sum('processed'),
        applied: sum('applied'),
        unchanged: sum('unchanged'),
        superseded: sum('superseded'),
        rejected: sum('rejected'),
      },
      checks: [...loader.checks, ...product.checks],
    };
  },
};

/** A shipping confirmation file: domestic rows confirm, each GE row is refused with its own error (R18). */
export const confirmations: DemoStep = {
  name: 'confirm-by-file',
  title: 'Takes in a shipping confirmation file; its GE rows are refused one by one',
  run: async (demo) => {
    const { story, expected } = demo.examples;
    const result = await submitFeed(demo, story.feeds.confirmation, expected.confirmation);
    const [untouched] = await demo.database.query<{ count: number }>(
      `select count(*)::int as count from orders where id = any($1::text[]) and state = 'pending' and is_global_express`,
      [expected.confirmation.gePendingOrdersUntouched],
    );
    return {
      counts: result.counts,
      checks: [
        ...result.checks,
        check(
          'GE orders named in the file are still pending',
          expected.confirmation.gePendingOrdersUntouched.length,
          untouched!.count,
        ),
      ],
    };
  },
};
