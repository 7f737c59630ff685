import { chmodSync, lstatSync, mkdirSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

/**
 * Folders of ours outside the project that every user of the machine may enter but only we may write to, best first.
 * Used where the project itself is out of reach for the user a server runs as. /var/tmp survives a restart.
 */
export function* sharedFolders(): Generator<string> {
  const { uid } = userInfo();
  for (const parent of new Set(['/var/tmp', tmpdir()])) {
    const folder = join(parent, `ge-fleet-${uid}`);
    if (ownFolder(folder, uid)) yield folder;
  }
}

/** Creates it or accepts it as ours; somebody else's folder, or a link, of that name is left alone. */
export function ownFolder(folder: string, uid: number): boolean {
  try {
    mkdirSync(folder, { mode: 0o755 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return false;
  }
  try {
    const found = lstatSync(folder);
    if (!found.isDirectory() || found.uid !== uid || (found.mode & 0o022) !== 0) return false;
    chmodSync(folder, 0o755);
    return true;
  } catch {
    return false;
  }
}
