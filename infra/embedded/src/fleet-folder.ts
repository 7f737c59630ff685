import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { discardFolder, guardIdentity, keepFolder } from './guard.ts';
import { stopStalePostmaster } from './postgres-cluster.ts';
import { isRunning, ownIdentity, type ProcessIdentity } from './process-identity.ts';
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
const MARK = '.mark';
const MARKED_WITHIN_MS = 60_000;

/** Lies beside a passing folder: whose it is, and who removes it when its owner cannot. */
interface Mark {
  readonly owner: ProcessIdentity;
  readonly guard: ProcessIdentity;
}

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
  const mark = `${path}${MARK}`;
  writeFileSync(mark, JSON.stringify({ owner: ownIdentity(), guard: guardIdentity() } satisfies Mark));
  // The guard goes through its list from the end: the mark is the last that disappears.
  discardFolder(mark);
  discardFolder(path);
  return {
    path,
    discard() {
      for (const what of [path, mark]) {
        rmSync(what, { recursive: true, force: true });
        keepFolder(what);
      }
    },
  };
}

/**
 * Removes the passing folders whose owner was killed, and first stops what still runs in them. Where a guard is about to
 * do that, it is waited for.
 * @param state what `stateFolder` answered
 */
export async function clearLeftovers(state: string): Promise<void> {
  const runs = join(state, RUNS);
  if (!existsSync(runs)) return;
  for (const name of new Set(readdirSync(runs).map((entry) => basename(entry, MARK)))) {
    const folder = join(runs, name);
    const mark = readMark(`${folder}${MARK}`);
    if (mark ? isRunning(mark.owner) : isFresh(folder)) continue;
    while (mark && isRunning(mark.guard)) await new Promise((resolve) => setTimeout(resolve, 25));
    await stopStalePostmaster(join(folder, 'postgres', 'data'));
    for (const server of existsSync(folder) ? readdirSync(folder) : []) await stopStaleRedis(join(folder, server));
    for (const what of [folder, `${folder}${MARK}`]) rmSync(what, { recursive: true, force: true });
  }
}

function readMark(file: string): Mark | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Mark;
  } catch {
    return undefined;
  }
}

/** A folder without a mark is about to get one, unless it is older than that can take: then its maker was killed. */
function isFresh(folder: string): boolean {
  const changedAt = statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return changedAt > Date.now() - MARKED_WITHIN_MS;
}
