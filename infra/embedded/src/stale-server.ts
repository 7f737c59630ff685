import { readFileSync } from 'node:fs';
import { commandLine, isRunning, startedAt } from './process-identity.ts';

/**
 * Stops a server that a killed run left behind. A pid file may name a number that now belongs to somebody else: only a
 * process whose command line names `path` is touched. It is killed when it has not ended after `deadlineMs`.
 * @returns whether there was one
 */
export async function stopStale(
  pid: number,
  path: string,
  signal: NodeJS.Signals,
  deadlineMs = 10_000,
): Promise<boolean> {
  const started = Number.isInteger(pid) && pid > 1 ? startedAt(pid) : undefined;
  if (started === undefined || !commandLine(pid).includes(path)) return false;
  const deadline = Date.now() + deadlineMs;
  process.kill(pid, signal);
  while (isRunning({ pid, started })) {
    if (Date.now() > deadline) process.kill(pid, 'SIGKILL');
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  return true;
}

/** The number in the first line of a pid file, `undefined` when there is no such file (any more). */
export function pidIn(file: string): number | undefined {
  try {
    return Number(readFileSync(file, 'utf8').split('\n')[0]);
  } catch {
    return undefined;
  }
}
