import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));

/** A command as started from a terminal: it leads a process group, which is what Ctrl-C reaches. */
export interface StartedGe {
  readonly pid: number;
  /** Its standard output so far. */
  readonly output: () => string;
  /** Resolves once standard output or standard error have said `text`. */
  saying(text: string): Promise<void>;
  /** As Ctrl-C does: SIGINT to the whole group. */
  ctrlC(): void;
  /** To the command alone. */
  signal(signal: NodeJS.Signals): void;
  /** Its exit code; `null` when a signal ended it that it did not handle. */
  readonly ended: Promise<number | null>;
  /** Everything it started, directly or not, that runs now, itself included. */
  readonly running: () => { readonly pid: number; readonly command: string }[];
}

/** Starts `ge <args>`. @param program what stands for `ge`, the command line itself unless told */
export function startGe(
  args: readonly string[],
  program: readonly string[] = [process.execPath, main],
  env: NodeJS.ProcessEnv = {},
): StartedGe {
  // Whatever it starts inherits this, wherever it goes.
  const mark = `GE_STARTED_BY=${randomBytes(8).toString('hex')}`;
  const [name = '', value] = mark.split('=');
  const [command = '', ...before] = program;
  const child = spawn(command, [...before, ...args], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env, [name]: value },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const pid = child.pid ?? 0;
  onTestFinished(() => end(child));
  const said = { out: '', all: '' };
  const waiting = new Set<() => void>();
  const hear = (isOutput: boolean) => (chunk: Buffer) => {
    if (isOutput) said.out += chunk.toString();
    said.all += chunk.toString();
    for (const look of waiting) look();
  };
  child.stdout.on('data', hear(true));
  child.stderr.on('data', hear(false));
  const ended = once(child, 'close').then(([code]) => code as number | null);
  return {
    pid,
    output: () => said.out,
    saying: (text) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (!said.all.includes(text)) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
        void ended.then(() => reject(new Error(`it ended without saying "${text}":\n${said.all}`)));
      }),
    ctrlC: () => void process.kill(-pid, 'SIGINT'),
    signal: (signal) => void child.kill(signal),
    ended,
    running: () =>
      // With their environments, and as wide as they are.
      spawnSync('ps', ['axeww', '-o', 'pid=,args='], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
        .stdout.split('\n')
        .filter((line) => line.includes(mark))
        .map((line) => ({ pid: Number.parseInt(line, 10), command: line.split(' GE_STARTED_BY=')[0]?.trim() ?? '' })),
  };
}

/** A test that has failed leaves nothing behind either: the guard of the command ends the rest. */
function end(child: ChildProcess): void {
  if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
}
