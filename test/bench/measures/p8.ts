import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { waitsBesideFlood } from '../effect/probes.ts';
import { waitsBesideFeed } from '../feeds/probesBesideFeed.ts';
import { writeFeedFile } from '../feeds/scene.ts';
import type { Measure } from '../measure.ts';
import { median, summarise } from '../statistics.ts';

const besideFeed = 'direct changes beside a feed of another seller, p99 ms';
const withoutFeed = 'direct changes on an idle fleet, p99 ms';

/** Whether one seller's flood keeps the others waiting. */
export const p8: Measure = {
  id: 'P8',
  title:
    'p99 from acceptance to the last transaction for 50 sellers while another one floods; peer: the same on an idle fleet',
  unit: 'ms',
  target: { sense: 'at most', ratio: 2, ours: 500, also: { [besideFeed]: { sense: 'at most', limit: 500 } } },
  run: async ({ quick, runs, tell }) => {
    const [warming, measured, flood, rows] = quick ? [60, 100, 30_000, 50_000] : [200, 1_200, 1_000_000, 1_000_000];
    const probes = { warming, measured };
    const folder = await mkdtemp(join(tmpdir(), 'ge-bench-'));
    const file = join(folder, 'feed.txt');
    const turns: { ours: number; peer: number }[] = [];
    const besides: number[] = [];
    const withouts: number[] = [];
    try {
      await writeFeedFile(file, rows);
      for (let turn = 1; turn <= runs; turn += 1) {
        const jobs = await waitsBesideFlood(probes, flood);
        turns.push({ ours: jobs.beside, peer: jobs.idle });
        const changes = await waitsBesideFeed(probes, file, rows);
        withouts.push(changes.idle);
        besides.push(changes.beside);
        tell(
          `turn ${turn} of ${runs}: ${jobs.beside} ms beside a flood, ${jobs.idle} ms on an idle fleet; ${changes.beside} ms beside a feed`,
        );
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
    return {
      ...summarise(turns),
      beside: { [besideFeed]: median(besides), [withoutFeed]: median(withouts) },
      notes: [
        `${measured} jobs at 100 a second, on an idle fleet, then beside ${flood} messages of one seller in the same queue. Counted to the beginning of the transaction that ends a job.`,
        `Apart from that, ${measured} direct changes of 50 sellers at the same rate, beside one feed of ${rows} rows that is read and applied meanwhile.`,
      ],
    };
  },
};
