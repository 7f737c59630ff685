import { table } from '../table.ts';
import type { Check } from './check.ts';
import type { DemoStep } from './step.ts';
import type { Audience, Told, ToldStep } from './tellStory.ts';

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
const countsLine = (counts: ToldStep['counts']): string =>
  Object.entries(counts)
    .map(([name, count]) => `${words(name)} ${typeof count === 'number' ? count.toLocaleString('en-US') : count}`)
    .join(', ');

/** `templatesTouched` → `templates touched`. */
const words = (name: string): string => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

/** A value small enough for a cell; the whole is in `--json`. */
const shortly = (value: unknown): string => {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
};

/** Tells the story on a terminal (or in plain lines where there is none). */
export function screen(write: (line: string) => void): Audience {
  return {
    begins: (step: DemoStep, no: number, of: number) => write(`\n${String(no).padStart(2)}/${of}  ${step.title}`),
    ends: (_step, told, checks) => {
      const held = checks.filter((one) => one.ok).length;
      write(
        `       ${told.ok ? '✓' : '✗'} ${countsLine(told.counts) || 'nothing to count'} (${seconds(told.ms)}; ${held} of ${checks.length} checks hold)`,
      );
      for (const failed of checks.filter((one) => !one.ok)) {
        write(
          `         ✗ ${failed.name}\n           expected ${shortly(failed.expected)}\n           actual   ${shortly(failed.actual)}`,
        );
      }
    },
  };
}

/** The table at the end: every check with what was expected and what came. */
export function checksTable(checks: readonly Check[]): string {
  return table(
    ['', 'check', 'expected', 'actual'],
    checks.map((one) => [one.ok ? '✓' : '✗', one.name, shortly(one.expected), one.ok ? '' : shortly(one.actual)]),
  );
}

export const lastLine = ({ ok, steps, checks }: Told): string => {
  const held = checks.filter((one) => one.ok).length;
  const time = seconds(steps.reduce((sum, step) => sum + step.ms, 0));
  return ok
    ? `All ${checks.length} checks hold; ${steps.length} steps in ${time}.`
    : `${checks.length - held} of ${checks.length} checks do not hold.`;
};
