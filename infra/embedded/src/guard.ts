import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type ProcessIdentity, startedAt } from './process-identity.ts';

/**
 * Ends the processes of this program when this program cannot: it may be killed at any moment, and nothing it started
 * may stay behind. One small shell process listens on a pipe; when the pipe closes, for whatever reason, it ends what
 * is still watched and removes what was to be discarded.
 */
let guard: ChildProcess | undefined;

function tell(order: string): void {
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

/** The process that watches; while it runs and this one does not, it is clearing up. */
export function guardIdentity(): ProcessIdentity {
  guard ??= startGuard();
  const pid = guard.pid ?? -1;
  return { pid, started: startedAt(pid) ?? '' };
}

/** Ends `pid` (negative: that process group) with `signal` should this program disappear. */
export function watchProcess(pid: number, signal: NodeJS.Signals): void {
  if (ending) kill(pid);
  else tell(`program ${signal.replace(/^SIG/, '')} ${pid}`);
}

/** Like `watchProcess`, but only after all programs have ended: a service stops cleanly only while its stores answer. */
export function watchServer(pid: number, signal: NodeJS.Signals): void {
  if (ending) kill(pid);
  else tell(`server ${signal.replace(/^SIG/, '')} ${pid}`);
}

/** To be called as soon as a watched process has ended: its number may be given to another. */
export function forgetProcess(pid: number): void {
  if (!ending) tell(`forget ${pid}`);
}

/** Removes `folder` (or a file) should this program disappear, before what was named earlier. */
export function discardFolder(folder: string): void {
  if (ending) rmSync(folder, { recursive: true, force: true });
  else tell(`discard ${folder}`);
}

/** Takes `discardFolder` back. */
export function keepFolder(folder: string): void {
  if (!ending) tell(`keep ${folder}`);
}

let ending: Promise<void> | undefined;

/** Whether `endEverything` was called: what dies from now on is meant to, and what is started all the same is killed. */
export const isEnding = (): boolean => ending !== undefined;

/** Ends everything watched and removes everything to be discarded, now; resolves when that is done, for every caller. */
export function endEverything(): Promise<void> {
  ending ??= dismissGuard();
  return ending;
}

async function dismissGuard(): Promise<void> {
  const child = guard;
  if (!child) return;
  const gone = once(child, 'exit');
  child.ref();
  child.stdin?.end();
  await gone;
}

/** What is under way when everything is being ended may still start something: it has done nothing yet that would be lost. */
function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}
