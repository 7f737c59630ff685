import { existsSync, mkdirSync, readdirSync, renameSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { passingFolder } from './fleet-folder.ts';
import { runProgram } from './run-program.ts';

/** A package of Debian, and what it needs should apt not be able to work that out. */
export interface DebianPackage {
  readonly name: string;
  readonly knownNeeds: readonly string[];
}

/**
 * Unpacks a package of Debian and the libraries this machine lacks into `folder`; the machine itself is not changed
 * and no root is needed. Afterwards `folder` is complete; a failed or interrupted run leaves nothing behind.
 * @param runs whether what was unpacked into a folder runs here; only then it is kept
 * @throws when there is no apt, no network, or no such package
 */
export async function unpackDebian(
  wanted: DebianPackage,
  folder: string,
  runs: (tree: string) => boolean,
  onProgress: (line: string) => void,
): Promise<void> {
  const draft = await passingFolder(dirname(folder), basename(folder));
  try {
    onProgress(`fetching Debian's ${wanted.name} into the project's own folder`);
    await download(wanted, draft.path, onProgress);
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
async function download(wanted: DebianPackage, folder: string, onProgress: (line: string) => void): Promise<void> {
  try {
    await downloadWith(wanted, folder, []);
  } catch {
    onProgress('reading the package lists');
    const own = ownLists(folder);
    await runProgram('apt-get', ['update', '-qq', ...own]);
    await downloadWith(wanted, folder, own);
  }
}

async function downloadWith(wanted: DebianPackage, folder: string, options: readonly string[]): Promise<void> {
  const packages = await missingPackages(wanted, options);
  await runProgram('apt-get', ['download', '-qq', ...options, ...packages], { cwd: folder });
}

/** The packages an installation would add: the wanted one and what of its dependencies is not installed. */
async function missingPackages(
  { name, knownNeeds }: DebianPackage,
  options: readonly string[],
): Promise<readonly string[]> {
  const known = [name, ...knownNeeds];
  const request = ['-s', '-qq', '--no-install-recommends', ...options, 'install', name];
  try {
    const stdout = await runProgram('apt-get', request, { env: { ...process.env, LC_ALL: 'C' } });
    const names = [...stdout.matchAll(/^Inst (\S+)/gm)].map((match) => match[1] as string);
    return names.some((found) => found === name || found.startsWith(`${name}:`)) ? names : known;
  } catch {
    return known;
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

/** Where libraries lie in an unpacked tree; Debian puts them into a folder per architecture, some a folder deeper. */
export function libraryFolders(tree: string): string[] {
  const parents = [join(tree, 'usr', 'lib'), join(tree, 'lib')].filter((parent) => existsSync(parent));
  const architectures = parents.flatMap(foldersIn).filter((folder) => basename(folder).includes('-linux-'));
  const deeper = architectures.flatMap(foldersIn).filter((folder) => readdirSync(folder).some(isLibrary));
  return [...parents, ...architectures, ...deeper];
}

const isLibrary = (file: string): boolean => file.startsWith('lib') && file.includes('.so');

const foldersIn = (parent: string): string[] =>
  readdirSync(parent, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(parent, entry.name));
