import type { FloodProgress } from '@ge/load';

/** One line that is written over twice a second on a terminal, and a plain line every five seconds elsewhere. */
export function liveView(json: boolean) {
  const out = process.stderr;
  let lastPlain = 0;
  return {
    show: (progress: FloodProgress): void => {
      const line = inOneLine(progress);
      if (out.isTTY && !json) {
        out.write(`\r\u001b[K${line.slice(0, (out.columns ?? 100) - 1)}`);
      } else if (Date.now() - lastPlain >= 5_000) {
        lastPlain = Date.now();
        out.write(`${line}\n`);
      }
    },
    end: (): void => {
      if (out.isTTY && !json) out.write('\r\u001b[K');
    },
  };
}

const bar = (share: number): string => `${'█'.repeat(Math.round(share * 20)).padEnd(20, '░')}`;

function inOneLine(progress: FloodProgress): string {
  const head = `${progress.phase.padEnd(5)} ${progress.share === null ? '' : bar(progress.share)}`.trim();
  if (progress.phase === 'audit') return head;
  const { started, underWay, dropped, answeredPerSecond, p50, p99, backlog } = progress;
  const waiting = Object.entries(backlog)
    .filter(([, n]) => n > 0)
    .sort(([, a], [, b]) => b - a)
    .map(([queue, n]) => `${queue} ${n}`)
    .join(', ');
  return [
    head,
    `${started} started, ${Math.round(answeredPerSecond)}/s answered, ${underWay} under way${dropped > 0 ? `, ${dropped} dropped` : ''}`,
    `p50 ${Math.round(p50)} ms, p99 ${Math.round(p99)} ms`,
    `backlog: ${waiting || 'none'}`,
  ].join(' · ');
}
