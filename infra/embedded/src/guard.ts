import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/**
 * Ends the processes of this program when this program cannot: it may be killed at any moment, and nothing it started
 * may stay behind. One small shell process listens on a pipe; when the pipe closes, for whatever reason, it ends what
 * is still watched and removes what was to be discarded.
 */
let guard: ChildProcess | undefined;

function tell(order: string): void {
  if (ending) return;
  guard ??= startGuard();
  guard.stdin?.write(`${order}\n`);
}

function startGuard(): ChildProcess {
  const child = spawn('/bin/sh', [fileURLToPath(new URL('./guard.sh', import.meta.url))], {
    stdio: ['pipe', 'ignore', 'ignore'],
    // Its own process group: a Ctrl-C at the terminal must not reach it.
    detached: true,
    cwd: '/',
  });
  child.stdin?.on('error', () => undefined);
  child.once('exit', () => {
    if (guard === child) guard = undefined;
  });
  child.unref();
  (child.stdin as unknown as { unref(): void } | null)?.unref();
  return child;
}

/** Ends `pid` (negative: that process group) with `signal` should this program disappear. */
export function watchProcess(pid: number, signal: NodeJS.Signals): void {
  tell(`program ${signal.replace(/^SIG/, '')} ${pid}`);
}

/** Like `watchProcess`, but only after all programs have ended: a service stops cleanly only while its stores answer. */
export function watchServer(pid: number, signal: NodeJS.Signals): void {
  tell(`server ${signal.replace(/^SIG/, '')} ${pid}`);
}

/** To be called as soon as a watched process has ended: its number may be given to another. */
export function forgetProcess(pid: number): void {
  tell(`forget ${pid}`);
}

/** Removes `folder` should this program disappear. */
export function discardFolder(folder: string): void {
  tell(`discard ${folder}`);
}

/** Takes `discardFolder` back. */
export function keepFolder(folder: string): void {
  tell(`keep ${folder}`);
}

let ending = false;

/** Whether `endEverything` was called: what dies from now on is meant to, and nothing is started or told any more. */
export const isEnding = (): boolean => ending;

/** Ends everything watched and removes everything to be discarded, now; resolves when that is done. */
export async function endEverything(): Promise<void> {
  ending = true;
  if (!guard) return;
  const child = guard;
  guard = undefined;
  const gone = once(child, 'exit');
  child.ref();
  child.stdin?.end();
  await gone;
}
