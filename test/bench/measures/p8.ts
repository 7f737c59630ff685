import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { probedWait } from '../effect/probes.ts';
import { waitBesideFeed } from '../feeds/probesBesideFeed.ts';
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
    const [probes, flood, rows] = quick ? [300, 100_000, 250_000] : [1_200, 1_000_000, 1_000_000];
    const folder = await mkdtemp(join(tmpdir(), 'ge-bench-'));
    const file = join(folder, 'feed.txt');
    const turns: { ours: number; peer: number }[] = [];
    const besides: number[] = [];
    const withouts: number[] = [];
    try {
      await writeFeedFile(file, rows);
      for (let turn = 1; turn <= runs; turn += 1) {
        const peer = await probedWait(probes, 0);
        const ours = await probedWait(probes, flood);
        turns.push({ ours, peer });
        withouts.push(await waitBesideFeed(probes, null, 0));
        besides.push(await waitBesideFeed(probes, file, rows));
        tell(
          `turn ${turn} of ${runs}: ${ours} ms beside a flood, ${peer} ms on an idle fleet; ${besides.at(-1)} ms beside a feed`,
        );
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
    return {
      ...summarise(turns),
      beside: { [besideFeed]: median(besides), [withoutFeed]: median(withouts) },
      notes: [
        `${probes} jobs at 100 a second, beside ${flood} messages of one seller in the same queue. Counted to the beginning of the transaction that ends a job.`,
        `Apart from that, ${probes} direct changes of 50 sellers at the same rate, beside one feed of ${rows} rows that is read and applied meanwhile.`,
      ],
    };
  },
};
