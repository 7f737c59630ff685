import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const compiled = fileURLToPath(new URL('../../../.ge/compiled', import.meta.url));

/** A process that is told when to go and says how far it is, a word a line. */
export interface Program {
  readonly pid: number | undefined;
  /** The next word; whatever else it says, or its end, throws. */
  said(word: string): Promise<void>;
  /** The next line, whatever it is. */
  line(): Promise<string>;
  go(): void;
  kill(): Promise<void>;
}

/** Starts a program of this folder (`steered`, `peer`) as a process of its own. `name` is for errors. */
export function startProgram(name: string, file: string, args: readonly string[]): Program {
  const child = spawn(process.execPath, [file, ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
    // Most of the time of a start is compiling, over and over the same files.
    env: { ...process.env, NODE_COMPILE_CACHE: compiled },
  });
  const lines = createInterface({ input: child.stdout! })[Symbol.asyncIterator]();
  const line = async () => {
    const { value, done } = await lines.next();
    if (done) throw new Error(`${name} ended before it was done`);
    return value;
  };
  return {
    pid: child.pid,
    line,
    said: async (word) => {
      const heard = await line();
      if (heard !== word) throw new Error(`${name} said ${heard} before it was ${word}`);
    },
    go: () => void child.stdin!.write('go\n'),
    kill: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
}
