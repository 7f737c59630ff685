import { statfsSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { clearLeftovers, type PassingFolder, passingFolder, stateFolder } from './fleet-folder.ts';
import { ownFolder } from './shared-folder.ts';
import { canReach, serverUser } from './unix-user.ts';

/** Linux keeps what lies here in memory. */
const MEMORY = '/dev/shm';
/** What statfs calls such a file system. */
const TMPFS = 0x01_02_19_94;
/** Several times what a whole test run was seen to take at most. */
const ROOM_BYTES = 2 * 2 ** 30;

/**
 * A passing folder for data that nobody needs once this run has ended, however it ends: in memory where this machine has
 * two gigabytes to spare, else where `passingFolder` puts it for a command of the project. A test run makes and drops
 * hundreds of databases of hundreds of files each; on disk that took up to a fifth of its CPU.
 */
export async function passingFolderInMemory(
  projectDir: string,
  command: string,
  roomBytes = ROOM_BYTES,
): Promise<PassingFolder> {
  const state = memoryState();
  if (state) {
    // Before looking for room: what killed runs left there takes it.
    await clearLeftovers(state);
    if (room() >= roomBytes) return passingFolder(state, command);
  }
  return passingFolder(stateFolder(projectDir), command);
}

/** One for all checkouts of a user, so that the next run in any of them clears up. */
function memoryState(): string | undefined {
  if (!isInMemory()) return undefined;
  const { uid } = userInfo();
  const state = join(MEMORY, `ge-fleet-${uid}`);
  return ownFolder(state, uid) && canReach(serverUser(), state) ? state : undefined;
}

function isInMemory(): boolean {
  try {
    return statfsSync(MEMORY).type === TMPFS;
  } catch {
    return false;
  }
}

/** Bytes in the file system and in memory: a container may be given less of it than the machine has. */
function room(): number {
  const { bavail, bsize } = statfsSync(MEMORY);
  return Math.min(bavail * bsize, process.availableMemory());
}
