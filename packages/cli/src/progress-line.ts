/** Shows on a terminal, below what was told so far, what is going on and for how long; elsewhere what is told alone. */
export interface ProgressLine {
  tell(line: string): void;
  /** What is going on from now on. */
  now(doing: string): void;
  end(): void;
}

const everyMs = 500;

export function progressLine(out: NodeJS.WriteStream, started = performance.now()): ProgressLine {
  if (!out.isTTY) return { tell: (line) => void out.write(`${line}\n`), now: () => undefined, end: () => undefined };
  let doing = '';
  const clear = () => out.write('\r\u001b[K');
  const draw = () => {
    const line = `${minutes(performance.now() - started)} ${doing}`;
    out.write(`\r\u001b[K${line.slice(0, (out.columns || 100) - 1)}`);
  };
  const timer = setInterval(draw, everyMs);
  timer.unref();
  return {
    tell: (line) => {
      clear();
      out.write(`${line}\n`);
      draw();
    },
    now: (what) => {
      doing = what;
      draw();
    },
    end: () => {
      clearInterval(timer);
      clear();
    },
  };
}

/** `1:07` */
const minutes = (ms: number): string =>
  `${Math.floor(ms / 60_000)}:${String(Math.floor(ms / 1_000) % 60).padStart(2, '0')}`;
