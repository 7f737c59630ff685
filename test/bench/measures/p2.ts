import { quickJobs } from '../effect/ours.ts';
import type { Measure } from '../measure.ts';
import { emptyBullmq, runPeer } from '../peers/runPeer.ts';
import { summarise } from '../statistics.ts';

/** The same work against what BullMQ itself can do at most. */
export const p2: Measure = {
  id: 'P2',
  title: 'the same; peer: BullMQ with a processor that does nothing',
  unit: 'jobs/s',
  target: { sense: 'at least', ratio: 0.7 },
  run: async ({ quick, runs, tell, saturation }) => {
    const jobs = quick ? quickJobs : 40_000;
    const turns: { ours: number; peer: number }[] = [];
    for (let turn = 1; turn <= runs; turn += 1) {
      const { perSecond: ours } = await saturation(jobs, turn);
      const peer = await runPeer(emptyBullmq, jobs);
      turns.push({ ours, peer });
      tell(`turn ${turn} of ${runs}: ours ${Math.round(ours)}, empty BullMQ ${Math.round(peer)} jobs/s`);
    }
    return {
      ...summarise(turns),
      notes: [
        `${jobs} jobs each, loaded beforehand. Above 1 is no mistake: under load up to 50 of our pointers travel in one BullMQ job.`,
      ],
    };
  },
};
