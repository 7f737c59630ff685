import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { progressLine } from '../src/progress-line.ts';

const written = (isTTY: boolean, columns = 40) => {
  const out = Object.assign(new PassThrough({ encoding: 'utf8' }), { isTTY, columns }) as unknown as NodeJS.WriteStream;
  const progress = progressLine(out);
  progress.now(`1 of 8  P1 ${'a long title '.repeat(10)}`);
  progress.tell('turn 1 of 1: ours 2, best peer 1 jobs/s');
  progress.end();
  return String((out as unknown as PassThrough).read());
};

test('elsewhere than on a terminal a run says its lines and nothing else', () => {
  expect(written(false)).toBe('turn 1 of 1: ours 2, best peer 1 jobs/s\n');
});

test('on a terminal the line that says what is going on fits it, and gives way to what is told and to the end', () => {
  const text = written(true);
  expect(text).toContain('0:00 1 of 8  P1');
  for (const drawn of text.split('\u001b[K')) expect(drawn.trimEnd().length).toBeLessThan(40);
  expect(text).toContain('\r\u001b[Kturn 1 of 1: ours 2, best peer 1 jobs/s\n');
  expect(text.endsWith('\r\u001b[K')).toBe(true);
});
