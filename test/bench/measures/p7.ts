import { effectsFromBacklog } from '../effect/backlog.ts';
import type { Measure } from '../measure.ts';
import { median, summarise } from '../statistics.ts';

/** Whether what waits slows down what is done. */
export const p7: Measure = {
  id: 'P7',
  title: 'the same with very many more messages waiting; peer: the same jobs with nothing else waiting',
  unit: 'jobs/s',
  target: { sense: 'at least', ratio: 0.9 },
  run: async ({ quick, runs, tell }) => {
    const jobs = quick ? 8_000 : 40_000;
    const backlogs = quick ? [30_000] : [100_000, 1_000_000];
    const most = backlogs.at(-1)!;
    const turns: { ours: number; peer: number }[] = [];
    const between = new Map<number, number[]>();
    for (let turn = 1; turn <= runs; turn += 1) {
      const peer = await effectsFromBacklog(jobs, 0);
      for (const waiting of backlogs)
        between.set(waiting, [...(between.get(waiting) ?? []), await effectsFromBacklog(jobs, waiting)]);
      const ours = between.get(most)!.at(-1)!;
      turns.push({ ours, peer });
      tell(`turn ${turn} of ${runs}: ${Math.round(ours)} jobs/s with ${most} waiting, ${Math.round(peer)} without`);
    }
    return {
      ...summarise(turns),
      beside: Object.fromEntries([...between].map(([waiting, rates]) => [`${waiting} waiting, jobs/s`, median(rates)])),
      notes: [
        `The first ${jobs} jobs of the backlog are timed, from a tenth of them to three quarters, of 100 sellers by turns. ${quick ? `Quick: ${most} instead of 1,000,000 waiting.` : ''}`.trim(),
      ],
    };
  },
};
