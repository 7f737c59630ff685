import { quickJobs } from '../effect/ours.ts';
import type { Measure } from '../measure.ts';
import { batchTuned, peers, runPeer } from '../peers/runPeer.ts';
import { median, summarise } from '../statistics.ts';

/** Database effects against the best of those who have a transaction for each job. */
export const p1: Measure = {
  id: 'P1',
  title: 'jobs with one database effect, exactly once, through relay and worker; peer: the best of four others',
  unit: 'jobs/s',
  target: { sense: 'at least', ratio: 5 },
  run: async ({ quick, runs, tell, saturation }) => {
    const [jobs, ofPeers] = quick ? [quickJobs, 700] : [20_000, 20_000];
    const figures = new Map<string, number[]>();
    const note = (name: string, value: number) => figures.set(name, [...(figures.get(name) ?? []), value]);
    const turns: { ours: number; peer: number }[] = [];
    for (let turn = 1; turn <= runs; turn += 1) {
      const { perSecond: ours, beside } = await saturation(jobs, turn);
      for (const [name, value] of Object.entries(beside)) note(name, value);
      let best = 0;
      for (const peer of peers) {
        const perSecond = await runPeer(peer, ofPeers);
        note(`${peer.name}, jobs/s`, perSecond);
        best = Math.max(best, perSecond);
      }
      if (!quick) note(`${batchTuned.name}, jobs/s`, await runPeer(batchTuned, ofPeers));
      turns.push({ ours, peer: best });
      tell(`turn ${turn} of ${runs}: ours ${Math.round(ours)}, best peer ${Math.round(best)} jobs/s`);
    }
    return {
      ...summarise(turns),
      beside: Object.fromEntries([...figures].map(([name, values]) => [name, median(values)])),
      notes: [
        `${jobs} jobs${quick ? `, ${ofPeers} of each peer` : ' each'}, loaded beforehand. Ours count from messages in PostgreSQL until none is owed, with receipts of once, history and fairness; peers from their start until their last handler has returned.`,
        quick
          ? 'Quick: without the peer that gets a batch.'
          : 'pg-boss with one transaction a batch is shown beside, since its handler gets a batch: its effects are committed before it acknowledges them, so that a crash in between does them twice.',
        'The follow-up of ours is a message with its indexes, that of a peer a row of a plain table.',
      ],
    };
  },
};
