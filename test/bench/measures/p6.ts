import { acceptToDone } from '../effect/acceptToDone.ts';
import { quickJobs } from '../effect/ours.ts';
import type { Measure } from '../measure.ts';
import { addToDone } from '../peers/addToDone.ts';
import { median, summarise } from '../statistics.ts';

const together = 20;

/** What it costs in time that a job goes through PostgreSQL, where the fleet is neither idle nor full. */
export const p6: Measure = {
  id: 'P6',
  title:
    'p99 from acceptance to the committed end at half of the saturation rate; peer: BullMQ alone at the same rate, from adding to completed',
  unit: 'ms',
  target: { sense: 'at most', difference: 100 },
  run: async ({ quick, runs, tell, saturation }) => {
    const [saturating, seconds, warmUpSeconds] = quick ? [quickJobs, 1.5, 0.5] : [20_000, 20, 5];
    const rates: number[] = [];
    const turns: { ours: number; peer: number }[] = [];
    for (let turn = 1; turn <= runs; turn += 1) {
      const perSecond = (await saturation(saturating, turn)).perSecond / 2;
      const arrivals = { perSecond, together, count: Math.ceil(perSecond * (warmUpSeconds + seconds)) };
      const warmUp = Math.ceil(perSecond * warmUpSeconds);
      const ours = await acceptToDone(arrivals, warmUp);
      const peer = await addToDone(arrivals, warmUp);
      rates.push(perSecond);
      turns.push({ ours, peer });
      tell(`turn ${turn} of ${runs}: ours ${ours}, BullMQ alone ${peer} ms at ${Math.round(perSecond)} jobs/s`);
    }
    return {
      ...summarise(turns),
      beside: { 'jobs/s of the load': median(rates) },
      notes: [
        `Saturation is what P1 measures of ours in the same turn, loaded beforehand; at half of it ${together} jobs are accepted together in one transaction, or added in one call, for ${seconds} s, and each counts from when it was due. What accepting costs comes on top of the load.`,
        'BullMQ alone has a processor that does nothing.',
      ],
    };
  },
};
