import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { discardFolder, keepFolder } from './guard.ts';
import { lockHolder, takeLock } from './lock.ts';
import { stopStalePostmaster } from './postgres-cluster.ts';
import { stopStaleRedis } from './redis-stale.ts';
import { SetupProblem } from './setup-problem.ts';
import { sharedFolders } from './shared-folder.ts';
import { canReach, serverUser } from './unix-user.ts';

/**
 * Where the fleets of a checkout keep their data: `<project>/.ge`; for root in a checkout that PostgreSQL's own user
 * cannot reach (below /root, say) a folder under /var/tmp named after the checkout.
 */
export function stateFolder(projectDir: string): string {
  const inside = join(projectDir, '.ge');
  mkdirSync(inside, { recursive: true });
  const user = serverUser();
  if (canReach(user, inside)) return inside;
  const name = createHash('sha256').update(projectDir).digest('hex').slice(0, 16);
  for (const parent of sharedFolders()) {
    const outside = join(parent, name);
    mkdirSync(outside, { recursive: true, mode: 0o711 });
    if (canReach(user, outside)) return outside;
  }
  throw new SetupProblem(
    `PostgreSQL refuses to run as root, and no other user can reach ${projectDir}`,
    'Move the project to where every user may pass, run as a plain user, or set DATABASE_URL.',
  );
}

export interface PassingFolder {
  readonly path: string;
  /** Removes the folder; whatever ran in it must have been closed. */
  discard(): void;
}

const RUNS = 'run';
const OWNER = 'owner.lock';
const LOCKED_WITHIN_MS = 60_000;

/**
 * A folder for one command's own fleet, so that any number of commands run side by side in one checkout. It disappears
 * with `discard`, or when this program is killed, or at the latest with the next call, which also stops servers left
 * behind in such folders.
 * @param state what `stateFolder` answered
 */
export async function passingFolder(state: string, command: string): Promise<PassingFolder> {
  const runs = join(state, RUNS);
  mkdirSync(runs, { recursive: true });
  await clearLeftovers(state);
  const path = mkdtempSync(join(runs, `${command}-`));
  chmodSync(path, 0o711);
  takeLock(join(path, OWNER));
  discardFolder(path);
  return {
    path,
    discard() {
      rmSync(path, { recursive: true, force: true });
      keepFolder(path);
    },
  };
}

/**
 * Removes the passing folders whose owner was killed, and first stops what still runs in them.
 * @param state what `stateFolder` answered
 */
export async function clearLeftovers(state: string): Promise<void> {
  const runs = join(state, RUNS);
  if (!existsSync(runs)) return;
  for (const name of readdirSync(runs)) {
    const folder = join(runs, name);
    if (isOwned(folder)) continue;
    await stopStalePostmaster(join(folder, 'postgres', 'data'));
    await stopStaleRedis(join(folder, 'redis'));
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A folder without a lock is about to get one, unless it is older than that can take: then its removal was broken off. */
function isOwned(folder: string): boolean {
  const lock = join(folder, OWNER);
  if (existsSync(lock)) return lockHolder(lock) !== undefined;
  const changedAt = statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return changedAt > Date.now() - LOCKED_WITHIN_MS;
}
