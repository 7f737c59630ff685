import { type Conditions, isMet, type Measure, type Measured, type Target } from './measure.ts';

export interface Result extends Measured {
  readonly title: string;
  readonly unit: string;
  readonly target: Target;
  readonly met: boolean;
}

/** Results by the measure's id, in the order they were asked for. */
export type Results = Readonly<Record<string, Result>>;

/** Runs the measures one after the other. @throws whatever the first one throws that cannot be measured */
export async function runMeasures(measures: readonly Measure[], conditions: Conditions): Promise<Results> {
  const results: Record<string, Result> = {};
  for (const measure of measures) {
    conditions.tell(`${measure.id}: ${measure.title}`);
    const measured = await measure.run({
      ...conditions,
      tell: (line) => conditions.tell(`  ${measure.id} ${line}`),
    });
    const { title, unit, target } = measure;
    results[measure.id] = { title, unit, target, met: isMet(target, measured), ...measured };
  }
  return results;
}
