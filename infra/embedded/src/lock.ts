import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { isRunning, ownIdentity, type ProcessIdentity } from './process-identity.ts';

export type LockAttempt =
  | { readonly taken: true; readonly release: () => void }
  | { readonly taken: false; readonly heldBy: ProcessIdentity };

let serial = 0;

/**
 * Takes a lock file that names its holder. A lock whose holder no longer runs is taken over, so a killed run never
 * blocks the next one. Not re-entrant: a second take by the same process finds it held by itself.
 */
export function takeLock(file: string): LockAttempt {
  mkdirSync(dirname(file), { recursive: true });
  serial += 1;
  const mine = `${file}.${process.pid}-${serial}`;
  const content = JSON.stringify(ownIdentity());
  writeFileSync(mine, content);
  try {
    for (;;) {
      if (linkIfAbsent(mine, file)) return { taken: true, release: () => releaseLock(file, content) };
      const found = read(file);
      if (found === undefined) continue;
      const holder = parse(found);
      if (holder && isRunning(holder)) return { taken: false, heldBy: holder };
      bury(file, found);
    }
  } finally {
    rmSync(mine, { force: true });
  }
}

/** Who holds the lock now, `undefined` when nobody who still runs. */
export function lockHolder(file: string): ProcessIdentity | undefined {
  const found = read(file);
  const holder = found === undefined ? undefined : parse(found);
  return holder && isRunning(holder) ? holder : undefined;
}

function releaseLock(file: string, content: string): void {
  if (read(file) === content) rmSync(file, { force: true });
}

/** Removes a lock judged stale; if somebody took it over in between, it is given back. */
function bury(file: string, stale: string): void {
  const grave = `${file}.${process.pid}.stale`;
  try {
    renameSync(file, grave);
  } catch {
    return;
  }
  if (read(grave) !== stale) linkIfAbsent(grave, file);
  rmSync(grave, { force: true });
}

function linkIfAbsent(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function parse(content: string): ProcessIdentity | undefined {
  try {
    const { pid, started } = JSON.parse(content) as Partial<ProcessIdentity>;
    return typeof pid === 'number' && typeof started === 'string' ? { pid, started } : undefined;
  } catch {
    return undefined;
  }
}
