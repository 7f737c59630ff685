import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { lockHolder, takeLock } from '@ge/embedded';

/** So many are kept for whoever is about to start from one. */
const KEPT = 3;

const held: (() => void)[] = [];

/** While this process runs the folder stays: a fleet starts a service that dies from it again, however long it is up. */
export function hold(folder: string): void {
  const lock = takeLock(join(holdersOf(folder), String(process.pid)));
  if (!lock.taken) return;
  if (held.length === 0) process.once('exit', releaseAll);
  held.push(lock.release);
}

/** Removes what was linked before, except for the youngest and for what running processes hold. */
export function clearOld(home: string): void {
  const folders = readdirSync(home)
    .filter((name) => /^\d+-/.test(name))
    .sort();
  for (const name of folders.slice(0, -KEPT)) {
    const folder = join(home, name);
    if (!isHeld(folder)) rmSync(folder, { recursive: true, force: true });
  }
}

const holdersOf = (folder: string): string => join(folder, 'held-by');

function isHeld(folder: string): boolean {
  const holders = holdersOf(folder);
  return existsSync(holders) && readdirSync(holders).some((name) => lockHolder(join(holders, name)) !== undefined);
}

function releaseAll(): void {
  for (const release of held) release();
}
