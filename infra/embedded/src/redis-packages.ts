import { existsSync, mkdirSync, readdirSync, renameSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { passingFolder } from './fleet-folder.ts';
import { runProgram } from './run-program.ts';

/** What redis-server needs on Debian and Ubuntu, should apt not be able to work it out. */
const KNOWN_PACKAGES = ['redis-server', 'redis-tools', 'libjemalloc2', 'liblzf1'];

/**
 * Unpacks Debian's redis-server and the libraries this machine lacks into `folder`; the machine itself is not changed
 * and no root is needed. Afterwards `folder` is complete; a failed or interrupted run leaves nothing behind.
 * @param runs whether what was unpacked into a folder runs here; only then it is kept
 * @throws when there is no apt, no network, or no such package
 */
export async function unpackRedis(
  folder: string,
  runs: (tree: string) => boolean,
  onProgress: (line: string) => void,
): Promise<void> {
  const draft = await passingFolder(dirname(folder), 'redis');
  try {
    onProgress("fetching Debian's redis-server into the project's own folder");
    await download(draft.path, onProgress);
    const tree = join(draft.path, 'tree');
    for (const file of readdirSync(draft.path).filter((name) => name.endsWith('.deb'))) {
      await runProgram('dpkg-deb', ['-x', join(draft.path, file), tree]);
    }
    if (!runs(tree)) throw new Error('what was fetched does not run here');
    moveInto(tree, folder);
  } finally {
    draft.discard();
  }
}

/** Another run may have been quicker; what it put there is as good. */
function moveInto(tree: string, folder: string): void {
  try {
    renameSync(tree, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
  }
}

/** Tries with the machine's package lists first; where they are missing or out of date, with fresh lists of our own. */
async function download(folder: string, onProgress: (line: string) => void): Promise<void> {
  try {
    await downloadWith(folder, []);
  } catch {
    onProgress('reading the package lists');
    const own = ownLists(folder);
    await runProgram('apt-get', ['update', '-qq', ...own]);
    await downloadWith(folder, own);
  }
}

async function downloadWith(folder: string, options: readonly string[]): Promise<void> {
  const packages = await missingPackages(options);
  await runProgram('apt-get', ['download', '-qq', ...options, ...packages], { cwd: folder });
}

/** The packages an installation would add: redis-server and what of its dependencies is not installed. */
async function missingPackages(options: readonly string[]): Promise<string[]> {
  const request = ['-s', '-qq', '--no-install-recommends', ...options, 'install', 'redis-server'];
  try {
    const stdout = await runProgram('apt-get', request, { env: { ...process.env, LC_ALL: 'C' } });
    const names = [...stdout.matchAll(/^Inst (\S+)/gm)].map((match) => match[1] as string);
    return names.some((name) => basename(name).startsWith('redis-server')) ? names : KNOWN_PACKAGES;
  } catch {
    return KNOWN_PACKAGES;
  }
}

/** apt's lists and caches in a folder of ours, so that neither root nor the machine's own lists are needed. */
function ownLists(folder: string): string[] {
  const state = join(folder, 'apt');
  mkdirSync(join(state, 'lists', 'partial'), { recursive: true });
  mkdirSync(join(state, 'archives', 'partial'), { recursive: true });
  return [
    `Dir::State=${state}`,
    `Dir::State::lists=${join(state, 'lists')}`,
    'Dir::State::status=/var/lib/dpkg/status',
    `Dir::Cache=${state}`,
    // apt would otherwise, as root, step down to a user who may not enter this folder.
    'APT::Sandbox::User=root',
    'APT::Update::Post-Invoke-Success=',
  ].flatMap((setting) => ['-o', setting]);
}
