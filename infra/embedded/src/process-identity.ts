import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

/** A process that can be told apart from a later one that happens to get the same number. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When it started, in whatever unit the system offers; only ever compared for equality. */
  readonly started: string;
}

const hasProc = existsSync('/proc/self/stat');

/** Start mark of a running process, `undefined` when none runs under that number. Zombies do not run. */
export function startedAt(pid: number): string | undefined {
  if (!hasProc) {
    const listed = spawnSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], { encoding: 'utf8' }).stdout.trim();
    return listed === '' || listed.startsWith('Z') ? undefined : listed.replace(/^\S+\s+/, '');
  }
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The command name stands in parentheses and may itself hold spaces and parentheses.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19];
  } catch {
    return undefined;
  }
}

/** Whether exactly that process still runs. */
export function isRunning(process: ProcessIdentity): boolean {
  return startedAt(process.pid) === process.started;
}

/** The process this code runs in. */
export function ownIdentity(): ProcessIdentity {
  return { pid: process.pid, started: startedAt(process.pid) ?? '' };
}

/** Its command line as one string, empty when it is gone or may not be read. */
export function commandLine(pid: number): string {
  if (!hasProc) return spawnSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' }).stdout.trim();
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
  } catch {
    return '';
  }
}
