import type { FloodProgress } from '@ge/load';
import { bar } from '../bar.ts';

/** A few lines that are written over twice a second on a terminal, and a plain line every five seconds elsewhere. */
export function liveView(json: boolean) {
  const out = process.stderr;
  let lastPlain = 0;
  let drawn = 0;
  let lastDrawn = '';
  /** Takes the lines away, so that something else may be printed. */
  const clear = (): void => {
    if (drawn > 0) out.write(`\u001b[${drawn}A\u001b[0J`);
    drawn = 0;
  };
  return {
    clear,
    show: (progress: FloodProgress): void => {
      if (out.isTTY && !json) {
        const lines = inLines(progress, out.columns ?? 100);
        const text = `${lines.join('\n')}\n`;
        if (drawn > 0 && text === lastDrawn) return;
        clear();
        out.write(text);
        drawn = lines.length;
        lastDrawn = text;
      } else if (Date.now() - lastPlain >= 5_000) {
        lastPlain = Date.now();
        out.write(`${inOneLine(progress)}\n`);
      }
    },
  };
}

/** What is going on; of a search with the rate that is being tried. */
const nameOf = (progress: FloodProgress): string =>
  'rate' in progress && progress.rate !== undefined ? `${progress.phase} at ${progress.rate}/s` : progress.phase;

const waitingOf = (backlog: Readonly<Record<string, number>>) =>
  Object.entries(backlog)
    .filter(([, n]) => n > 0)
    .sort(([, a], [, b]) => b - a);

/** Progress, rates, percentiles, and a bar for each queue with a backlog; no line longer than the terminal is wide. */
export function inLines(progress: FloodProgress, columns: number): string[] {
  const head = `${nameOf(progress).padEnd(8)} ${progress.share === null ? 'waiting until nothing is owed' : `${bar(progress.share, 40)} ${Math.round(progress.share * 100)} %`}`;
  const lines = [head];
  if ('started' in progress) {
    const { started, underWay, dropped, answeredPerSecond, p50, p99, backlog } = progress;
    const waiting = waitingOf(backlog);
    const most = Math.max(...waiting.map(([, n]) => n));
    lines.push(
      `starts   ${started}, ${Math.round(answeredPerSecond)}/s answered, ${underWay} under way, ${dropped} dropped`,
      `response p50 ${Math.round(p50)} ms, p99 ${Math.round(p99)} ms`,
      `backlog  ${waiting.length === 0 ? 'none' : waiting.reduce((sum, [, n]) => sum + n, 0)}`,
      ...waiting.map(([queue, n]) => `  ${queue.padEnd(24)} ${bar(n / most, 20)} ${n}`),
    );
  }
  return lines.map((line) => line.slice(0, columns - 1));
}

function inOneLine(progress: FloodProgress): string {
  const head = `${nameOf(progress).padEnd(5)} ${progress.share === null ? '' : bar(progress.share, 20)}`.trim();
  if (!('started' in progress)) return head;
  const { started, underWay, dropped, answeredPerSecond, p50, p99, backlog } = progress;
  const waiting = waitingOf(backlog)
    .map(([queue, n]) => `${queue} ${n}`)
    .join(', ');
  return [
    head,
    `${started} started, ${Math.round(answeredPerSecond)}/s answered, ${underWay} under way${dropped > 0 ? `, ${dropped} dropped` : ''}`,
    `p50 ${Math.round(p50)} ms, p99 ${Math.round(p99)} ms`,
    `backlog: ${waiting || 'none'}`,
  ].join(' · ');
}
