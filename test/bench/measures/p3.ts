import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { feedThroughFleet } from '../feeds/feedThroughFleet.ts';
import { feedThroughSql } from '../feeds/feedThroughSql.ts';
import { writeFeedFile } from '../feeds/scene.ts';
import type { Measure } from '../measure.ts';
import { median, summarise } from '../statistics.ts';

const peak = 'peak memory of the worker, MB';

/** A big file from its upload to its report against what the database alone takes for it. */
export const p3: Measure = {
  id: 'P3',
  title:
    'a large Inventory Loader feed from upload to downloaded report; peer: COPY, UPDATE … FROM and outcome rows in SQL',
  unit: 's',
  target: { sense: 'at most', ratio: 1.5, also: { [peak]: { sense: 'at most', limit: 200 } } },
  run: async ({ quick, runs, tell }) => {
    const sizes = quick ? [10_000] : [100_000, 1_000_000];
    const most = sizes.at(-1)!;
    const folder = await mkdtemp(join(tmpdir(), 'ge-bench-'));
    const figures = new Map<string, number[]>();
    const note = (name: string, value: number) => figures.set(name, [...(figures.get(name) ?? []), value]);
    const turns: { ours: number; peer: number }[] = [];
    try {
      for (const rows of sizes) await writeFeedFile(join(folder, String(rows)), rows);
      for (let turn = 1; turn <= runs; turn += 1) {
        const peer = (await feedThroughSql(join(folder, String(most)), most)) / 1_000;
        for (const rows of sizes) {
          const { ms, workerPeakMb, beside } = await feedThroughFleet(join(folder, String(rows)), rows);
          if (rows < most) {
            note(`${rows} rows, s`, ms / 1_000);
            note(`${rows} rows: ${peak}`, workerPeakMb);
            continue;
          }
          note(peak, workerPeakMb);
          for (const [name, value] of Object.entries(beside)) note(name, value);
          turns.push({ ours: ms / 1_000, peer });
          tell(`turn ${turn} of ${runs}: ours ${(ms / 1_000).toFixed(1)} s, SQL alone ${peer.toFixed(1)} s`);
        }
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
    return {
      ...summarise(turns),
      beside: Object.fromEntries([...figures].map(([name, values]) => [name, median(values)])),
      notes: [
        `${most} rows, each moving a SKU to another template, one in a thousand rejected, in an order of no index.`,
        'Ours reads through every rule, row by row, in slices that commit with their place in the file, and writes the report; the peer is one transaction and writes none.',
      ],
    };
  },
};
