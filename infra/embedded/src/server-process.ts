import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { forgetProcess, watchServer } from './guard.ts';
import type { UnixUser } from './unix-user.ts';

export interface ServerProcessOptions {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Output goes to a file, never through a pipe: a busy parent must not make the server wait. */
  readonly logFile: string;
  readonly runAs: UnixUser | undefined;
  /** What asks this server to finish quickly and cleanly. */
  readonly stopSignal: NodeJS.Signals;
}

export interface ServerProcess {
  readonly pid: number;
  /** Resolves once it has ended. Never rejects. */
  readonly ended: Promise<void>;
  hasEnded(): boolean;
  signal(signal: NodeJS.Signals): void;
  /** Asks it to stop, kills it after `deadlineMs`. */
  stop(deadlineMs?: number): Promise<void>;
}

/** Starts a server in its own process group (a Ctrl-C reaches only us, and we stop in order), watched by the guard. */
export function spawnServer(options: ServerProcessOptions): ServerProcess {
  const log = openSync(options.logFile, 'w', 0o600);
  const child = spawn(options.command, options.args, {
    cwd: options.cwd,
    env: options.env,
    stdio: ['ignore', log, log],
    detached: true,
    ...options.runAs,
  });
  closeSync(log);
  const pid = child.pid;
  if (pid !== undefined) watchServer(pid, options.stopSignal);
  let over = false;
  const ended = new Promise<void>((resolve) => {
    const finish = () => {
      if (over) return;
      over = true;
      if (pid !== undefined) forgetProcess(pid);
      resolve();
    };
    child.once('exit', finish);
    child.once('error', finish);
  });
  return {
    pid: pid ?? -1,
    ended,
    hasEnded: () => over,
    signal: (signal) => void child.kill(signal),
    async stop(deadlineMs = 10_000) {
      if (over) return;
      child.kill(options.stopSignal);
      const timer = setTimeout(() => child.kill('SIGKILL'), deadlineMs);
      await ended;
      clearTimeout(timer);
    },
  };
}

/** The end of a server's log, for an error text. */
export function logTail(logFile: string, lines = 5): string {
  try {
    return readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
  } catch {
    return '';
  }
}
