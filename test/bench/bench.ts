import { databaseEffects, type OursDone } from './effect/ours.ts';
import { type Conditions, isMet, type Measure, type Measured, type Target } from './measure.ts';

export interface Result extends Measured {
  readonly title: string;
  readonly unit: string;
  readonly target: Target;
  readonly met: boolean;
}

/** Results by the measure's id, in the order they were asked for. */
export type Results = Readonly<Record<string, Result>>;

export interface RunOptions extends Omit<Conditions, 'saturation'> {
  /** Called before each measure, for whoever shows how far the run is. */
  readonly onMeasure?: (measure: Measure, no: number) => void;
}

/** Runs the measures one after the other. @throws whatever the first one throws that cannot be measured */
export async function runMeasures(measures: readonly Measure[], options: RunOptions): Promise<Results> {
  const saturation = options.quick ? oncePerTurn() : databaseEffects;
  const results: Record<string, Result> = {};
  for (const [index, measure] of measures.entries()) {
    options.onMeasure?.(measure, index + 1);
    options.tell(`${measure.id}: ${measure.title}`);
    const measured = await measure.run({
      ...options,
      saturation,
      tell: (line) => options.tell(`  ${measure.id} ${line}`),
    });
    const { title, unit, target } = measure;
    results[measure.id] = { title, unit, target, met: isMet(target, measured), ...measured };
  }
  return results;
}

function oncePerTurn(): Conditions['saturation'] {
  const made = new Map<string, Promise<OursDone>>();
  return (jobs, turn) => {
    const key = `${jobs} ${turn}`;
    const done = made.get(key) ?? databaseEffects(jobs);
    made.set(key, done);
    return done;
  };
}
