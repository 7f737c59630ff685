import { availableParallelism } from 'node:os';
import { bareCalls } from '../labels/bare.ts';
import { labelsThroughFleet } from '../labels/ours.ts';
import { carrierLatencyMs, startBenchCarrier } from '../labels/simulator.ts';
import type { Measure } from '../measure.ts';
import { median, summarise } from '../statistics.ts';

const inFlight = 200;

/** What it costs to buy a label so that it is bought once, beside the call alone. */
export const p5: Measure = {
  id: 'P5',
  title: `labels bought at a carrier with ${carrierLatencyMs} ms latency, ${inFlight} calls in flight; peer: a bare HTTP client doing the calls alone`,
  unit: 'labels/s',
  target: { sense: 'at least', ratio: 0.8 },
  run: async ({ quick, runs, tell, servers }) => {
    // A quarter of a minute at least: a fleet that has just been started is busy compiling itself.
    const [labels, warming] = quick ? [500, 100] : [40_000, 1_000];
    const figures = new Map<string, number[]>();
    const note = (beside: Readonly<Record<string, number>>) => {
      for (const [name, value] of Object.entries(beside)) figures.set(name, [...(figures.get(name) ?? []), value]);
    };
    const turns: { ours: number; peer: number }[] = [];
    const carrier = await startBenchCarrier();
    try {
      // Whoever comes first must not pay for a carrier that has not compiled itself yet.
      await bareCalls(warming, inFlight, carrier);
      for (let turn = 1; turn <= runs; turn += 1) {
        const ours = await labelsThroughFleet(labels, carrier, servers.pids);
        const peer = await bareCalls(labels, inFlight, carrier);
        note(ours.beside);
        note(peer.beside);
        turns.push({ ours: ours.perSecond, peer: peer.perSecond });
        tell(
          `turn ${turn} of ${runs}: ours ${Math.round(ours.perSecond)}, bare ${Math.round(peer.perSecond)} labels/s`,
        );
      }
    } finally {
      await carrier.stop();
    }
    const beside = Object.fromEntries([...figures].map(([name, values]) => [name, median(values)]));
    return {
      ...summarise(turns),
      beside,
      notes: [
        `${labels} labels each at the same carrier simulator, a process on the same machine with prepared ZPL documents. Ours count from messages in PostgreSQL until the last label is written down with its document, its order confirmed and the payout decided.`,
        `${inFlight} calls in flight carry at most ${(inFlight / carrierLatencyMs) * 1_000} labels/s; the carrier's own work bounds the bare client first.`,
        `All of it shares ${availableParallelism()} cores: ${cpuOf(beside, false)} ms of CPU a label with the fleet, ${cpuOf(beside, true)} with the bare client alone.`,
      ],
    };
  },
};

/** CPU milliseconds per label of all processes together, the carrier among them. */
const cpuOf = (beside: Readonly<Record<string, number>>, isBare: boolean): string =>
  Object.entries(beside)
    .filter(([name]) => name.includes('bare client') === isBare)
    .reduce((sum, [, ms]) => sum + ms, 0)
    .toFixed(2);
