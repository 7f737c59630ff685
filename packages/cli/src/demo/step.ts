import type { Check } from './check.ts';
import type { Demo } from './demo.ts';

/** What a step saw happen, and how that compares with what had to. */
export interface StepResult {
  readonly counts: Readonly<Record<string, number | string>>;
  readonly checks: readonly Check[];
}

/** One chapter of the story: does what people would do over the same API, and looks at what came of it. */
export interface DemoStep {
  /** Stable, for `--json`. */
  readonly name: string;
  /** For people, as in "Invites the eligible sellers". */
  readonly title: string;
  run(demo: Demo): Promise<StepResult>;
}
