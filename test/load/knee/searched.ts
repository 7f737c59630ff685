import { judge, type Objective } from '../generator/objective.ts';
import type { Loaded } from '../oneLoad.ts';
import { findKnee } from './findKnee.ts';
import { type Knee, type KneeStep, stepOf } from './step.ts';

interface Asked {
  /** The first rate that is tried. */
  readonly rate: number;
  readonly objectives: readonly Objective[];
  readonly stopping: AbortSignal;
  readonly say: (line: string) => void;
}

/** A rate is known to a tenth, or after so many were tried. */
const search = { closeness: 0.1, mostSteps: 12 };

/** Tries rates until it is known which one is the last to hold. What is reported is the load at that rate, or the slowest. */
export async function searched(
  { rate: first, objectives, stopping, say }: Asked,
  load: (rate: number) => Promise<Loaded>,
): Promise<{ readonly loaded: Loaded; readonly knee: Knee }> {
  const loads = new Map<number, Loaded>();
  const probe = async (rate: number): Promise<KneeStep | null> => {
    if (stopping.aborted) return null;
    const loaded = await load(rate);
    const step = stepOf(rate, loaded, judge(objectives, loaded.generated.all.response));
    say(`${rate}/s: p99 ${Math.round(step.p99)} ms, ${step.held ? 'holds' : `does not hold (${step.why})`}`);
    loads.set(rate, loaded);
    return step;
  };
  const { steps, knee } = await findKnee(probe, { ...search, from: first });
  const bySpeed = steps.toSorted((a, b) => a.rate - b.rate);
  return {
    loaded: loads.get(knee?.rate ?? bySpeed[0]?.rate ?? Number.NaN) ?? (await load(first)),
    knee: { objectives: objectives.map(({ text }) => text), rate: knee?.rate ?? null, steps: bySpeed },
  };
}
