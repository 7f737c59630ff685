import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stateFolder, takeLock } from '@ge/embedded';
import { clearOld, hold } from './linked-folders.ts';

/** The file that Node runs for a service's `main.ts`. */
export type StartedFrom = (entry: string) => string;

/** What was linked last, and from what. */
interface Linked {
  readonly project: string;
  readonly folder: string;
  /** Entry → file. */
  readonly services: Readonly<Record<string, string>>;
  /** File → its size and when it was changed, or that it is not there. */
  readonly sources: Readonly<Record<string, string>>;
}

/** How services are linked: what was linked otherwise is linked anew. */
const linker = fileURLToPath(new URL('./link.ts', import.meta.url));

/**
 * Links `services/<name>/main.ts` of every service where a file they are made of has changed since, and tells what to start
 * instead of each: loading one file takes a third of what loading a thousand does. Any number of processes may call it at
 * the same time. What is no service of the project is started as it is; so is everything with GE_LINK=off in the
 * environment, for a debugger.
 * @throws SetupProblem naming the source that cannot be read
 */
export async function linkedServices(
  project: string,
  say: (line: string) => void = () => undefined,
): Promise<StartedFrom> {
  if (process.env.GE_LINK === 'off') return (entry) => entry;
  const home = join(stateFolder(project), 'linked');
  const entries = entriesOf(project);
  const linked = current(home, project, entries) ?? (await linkOnce(home, project, entries, say));
  hold(linked.folder);
  return (entry) => linked.services[entry] ?? entry;
}

const entriesOf = (project: string): readonly string[] =>
  readdirSync(join(project, 'services'))
    .map((name) => join(project, 'services', name, 'main.ts'))
    .filter((entry) => existsSync(entry));

async function linkOnce(
  home: string,
  project: string,
  entries: readonly string[],
  say: (line: string) => void,
): Promise<Linked> {
  for (;;) {
    const lock = takeLock(join(home, 'lock'));
    if (lock.taken) {
      try {
        // Whoever held the lock before may have done it.
        return current(home, project, entries) ?? (await linkNow(home, project, entries, say));
      } finally {
        lock.release();
      }
    }
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

async function linkNow(
  home: string,
  project: string,
  entries: readonly string[],
  say: (line: string) => void,
): Promise<Linked> {
  say('linking the services (after each change of their sources)');
  const folder = join(home, `${Date.now()}-${randomBytes(4).toString('hex')}`);
  const names = new Map(entries.map((entry) => [entry, entry.split('/').at(-2)!]));
  const startedAt = Date.now();
  // Loaded late: mostly there is nothing to link.
  const [{ link }, { linkProblem }] = await Promise.all([import('./link.ts'), import('./link-problem.ts')]);
  const files = await link(project, Object.fromEntries([...names].map(([entry, name]) => [name, entry])), folder).catch(
    (error: unknown) => {
      rmSync(folder, { recursive: true, force: true });
      throw linkProblem(error, project);
    },
  );
  // Of the packages the lockfile tells whether they have changed, and pnpm's copy of it whether they were installed since.
  const own = files.filter((file) => !file.includes('/node_modules/'));
  const sources = [
    ...own,
    ...new Set(own.flatMap((file) => packageFilesAt(dirname(file)))),
    join(project, 'pnpm-lock.yaml'),
    join(project, 'node_modules', '.pnpm', 'lock.yaml'),
    linker,
  ];
  const stamps = sources.map((file) => [file, stamp(file)] as const);
  const linked: Linked = {
    project,
    folder,
    services: Object.fromEntries([...names].map(([entry, name]) => [entry, join(folder, `${name}.js`)])),
    sources: Object.fromEntries(stamps),
  };
  // A file that was saved while it was linked may be in there as it was before.
  const settled = sources.every((file) => (statSync(file, { throwIfNoEntry: false })?.ctimeMs ?? 0) < startedAt);
  if (settled) remember(home, linked);
  hold(folder);
  clearOld(home);
  return linked;
}

/** What was linked last, unless something it was made of is not as it was. */
function current(home: string, project: string, entries: readonly string[]): Linked | undefined {
  let linked: Linked;
  try {
    linked = JSON.parse(readFileSync(join(home, 'current.json'), 'utf8')) as Linked;
  } catch {
    return undefined;
  }
  const isSame =
    linked.project === project &&
    existsSync(linked.folder) &&
    entries.every((entry) => entry in linked.services) &&
    linker in linked.sources &&
    Object.entries(linked.sources).every(([file, was]) => stamp(file) === was);
  return isSame ? linked : undefined;
}

/**
 * The `package.json` of the package that a folder belongs to, which says what is meant by names; before it those that are not there:
 * one that is put there would say it instead.
 */
function packageFilesAt(folder: string): readonly string[] {
  const file = join(folder, 'package.json');
  if (existsSync(file) || dirname(folder) === folder) return [file];
  return [file, ...packageFilesAt(dirname(folder))];
}

function remember(home: string, linked: Linked): void {
  mkdirSync(home, { recursive: true });
  const draft = join(home, `current.json.${process.pid}`);
  writeFileSync(draft, JSON.stringify(linked));
  renameSync(draft, join(home, 'current.json'));
}

function stamp(file: string): string {
  const found = statSync(file, { throwIfNoEntry: false });
  return found ? `${found.size} ${found.mtimeMs}` : 'none';
}
