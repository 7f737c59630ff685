import { wrap } from '../wrapping.ts';
import type { Check } from './check.ts';
import { shortly, words } from './inWords.ts';

/** What a cell shows of a value that came as it had to, and of one that did not: there the difference must be seen. */
const CELL = 60;
const FAILED_CELL = 400;

/** Of what the marks leave of a line, the share the names get where a terminal is too narrow for both. */
const NAMES_SHARE = 0.55;

/**
 * The table at the end: every check with what was expected and, where something else came, that too.
 * @param width of the terminal, in columns; `undefined`: one line a check, however long
 */
export function checksTable(checks: readonly Check[], width: number | undefined): string {
  const rows = [
    { mark: ' ', name: 'check', value: ['expected'] },
    ...checks.map((one) => ({ mark: one.ok ? '✓' : '✗', name: words(one.name), value: cellOf(one) })),
  ];
  const longest = Math.max(...rows.map(({ name }) => name.length));
  const room = width === undefined ? undefined : width - 'm  '.length - '  '.length;
  const names = room === undefined ? longest : Math.min(longest, Math.floor(room * NAMES_SHARE));
  const values = room === undefined ? undefined : room - names;
  const lines = rows.map(({ mark, name, value }) => {
    const left = wrap(name, room === undefined ? undefined : names);
    const right = value.flatMap((line) => wrap(line, values));
    return Array.from({ length: Math.max(left.length, right.length) }, (_, at) =>
      `${at === 0 ? mark : ' '}  ${(left[at] ?? '').padEnd(names)}  ${right[at] ?? ''}`.trimEnd(),
    ).join('\n');
  });
  const widest = Math.max(...lines.flatMap((line) => line.split('\n').map((part) => part.length)));
  const [head, ...rest] = lines;
  return [head, '-'.repeat(widest), ...rest].join('\n');
}

const cellOf = (one: Check): string[] =>
  one.ok
    ? [shortly(one.expected, CELL)]
    : [shortly(one.expected, FAILED_CELL), `but found: ${shortly(one.actual, FAILED_CELL)}`];
