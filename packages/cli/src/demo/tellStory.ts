import { performance } from 'node:perf_hooks';
import { type Check, check } from './check.ts';
import type { Demo } from './demo.ts';
import type { DemoStep } from './step.ts';

/** One step as it went. */
export interface ToldStep {
  readonly name: string;
  readonly ok: boolean;
  readonly ms: number;
  readonly counts: Readonly<Record<string, number | string>>;
}

export interface Told {
  readonly ok: boolean;
  readonly steps: readonly ToldStep[];
  readonly checks: readonly Check[];
}

export interface Audience {
  readonly begins: (step: DemoStep, no: number, of: number) => void;
  readonly ends: (step: DemoStep, told: ToldStep, checks: readonly Check[]) => void;
}

/**
 * Plays the steps in order. A step that fails ends the story, since the later ones build on it; what it failed with is a
 * check that did not hold. `stopped` says that the audience has left.
 */
export async function tellStory(
  steps: readonly DemoStep[],
  demo: Demo,
  audience: Audience,
  stopped: () => boolean,
): Promise<Told> {
  const told: ToldStep[] = [];
  const checks: Check[] = [];
  for (const [at, step] of steps.entries()) {
    if (stopped()) break;
    audience.begins(step, at + 1, steps.length);
    const started = performance.now();
    const result = await step.run(demo).catch((error: unknown) => ({
      counts: {},
      checks: [check(`${step.name} runs to its end`, 'done', error instanceof Error ? error.message : String(error))],
      failed: true,
    }));
    // What fails while everything is being ended tells nothing.
    if (stopped()) break;
    const entry = {
      name: step.name,
      ok: result.checks.every((one) => one.ok),
      ms: Math.round(performance.now() - started),
      counts: result.counts,
    };
    told.push(entry);
    checks.push(...result.checks);
    audience.ends(step, entry, result.checks);
    if ('failed' in result) break;
  }
  return { ok: told.length === steps.length && told.every((step) => step.ok), steps: told, checks };
}
