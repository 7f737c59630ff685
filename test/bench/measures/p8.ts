import { probedWait } from '../effect/probes.ts';
import type { Measure } from '../measure.ts';
import { summarise } from '../statistics.ts';

/** Whether one seller's flood keeps the others waiting. */
export const p8: Measure = {
  id: 'P8',
  title:
    'p99 from acceptance to the last transaction for 50 sellers while another one floods; peer: the same on an idle fleet',
  unit: 'ms',
  target: { sense: 'at most', ratio: 2, ours: 500 },
  run: async ({ quick, runs, tell }) => {
    const [probes, flood] = quick ? [300, 100_000] : [1_200, 1_000_000];
    const turns: { ours: number; peer: number }[] = [];
    for (let turn = 1; turn <= runs; turn += 1) {
      const peer = await probedWait(probes, 0);
      const ours = await probedWait(probes, flood);
      turns.push({ ours, peer });
      tell(`turn ${turn} of ${runs}: ${ours} ms beside a flood, ${peer} ms on an idle fleet`);
    }
    return {
      ...summarise(turns),
      notes: [
        `${probes} jobs at 100 a second, beside ${flood} messages of one seller in the same queue. Counted to the beginning of the transaction that ends a job.`,
      ],
    };
  },
};
