import { wrap } from '../wrapping.ts';
import { inWords, shortly, words } from './inWords.ts';
import type { DemoStep } from './step.ts';
import type { Audience, Told, ToldStep } from './tellStory.ts';

const INDENT = ' '.repeat(7);
/** As much of a value that did not come as it had to. */
const LONGEST_VALUE = 400;

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
const countsLine = (counts: ToldStep['counts']): string =>
  Object.entries(counts)
    .map(([name, count]) => `${words(name)} ${inWords(count)}`)
    .join(', ');

/**
 * Tells the story on a terminal (or in plain lines where there is none).
 * @param width asked anew for every line: windows change
 */
export function screen(write: (line: string) => void, width: () => number | undefined): Audience {
  const put = (indent: string, mark: string, text: string) => {
    const columns = width();
    const lines = wrap(text, columns === undefined ? undefined : columns - indent.length - mark.length);
    write(lines.map((line, at) => `${indent}${at === 0 ? mark : ' '.repeat(mark.length)}${line}`).join('\n'));
  };
  return {
    begins: (step: DemoStep, no: number, of: number) => write(`\n${String(no).padStart(2)}/${of}  ${step.title}`),
    ends: (_step, told, checks) => {
      const held = checks.filter((one) => one.ok).length;
      const summary = `(${seconds(told.ms)}; ${held} of ${checks.length} checks hold)`;
      put(INDENT, told.ok ? '✓ ' : '✗ ', `${countsLine(told.counts) || 'nothing to count'} ${summary}`);
      for (const failed of checks.filter((one) => !one.ok)) {
        put(`${INDENT}  `, '✗ ', failed.name);
        put(`${INDENT}    `, 'expected ', shortly(failed.expected, LONGEST_VALUE));
        put(`${INDENT}    `, 'found    ', shortly(failed.actual, LONGEST_VALUE));
      }
    },
  };
}

export const lastLine = ({ ok, steps, checks }: Told): string => {
  const held = checks.filter((one) => one.ok).length;
  const time = seconds(steps.reduce((sum, step) => sum + step.ms, 0));
  return ok
    ? `All ${checks.length} checks hold; ${steps.length} steps in ${time}.`
    : `${checks.length - held} of ${checks.length} checks do not hold.`;
};
