import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const project = fileURLToPath(new URL('../..', import.meta.url));
const run = promisify(execFile);

/** A copy of the project to change at will; installed packages are shared with the original. */
export class ProjectCopy {
  readonly root = mkdtempSync(join(tmpdir(), 'ge-scaffold-'));

  constructor() {
    const left = new Set(['.git', '.ge', 'node_modules'].map((name) => join(project, name)));
    // Links between the packages of the workspace are relative: in the copy they lead to the copy.
    cpSync(project, this.root, { recursive: true, verbatimSymlinks: true, filter: (path) => !left.has(path) });
    symlinkSync(join(project, 'node_modules'), join(this.root, 'node_modules'));
  }

  read = (file: string): string => readFileSync(join(this.root, file), 'utf8');

  write(file: string, text: string): void {
    mkdirSync(dirname(join(this.root, file)), { recursive: true });
    writeFileSync(join(this.root, file), text);
  }

  /** Puts `line` before the first place that reads `before`. Throws where there is none. */
  insert(file: string, line: string, before: string): void {
    const text = this.read(file);
    const at = text.indexOf(before);
    if (at < 0) throw new Error(`${file} has no ${before}`);
    this.write(file, text.slice(0, at) + line + text.slice(at));
  }

  /** What installing does for a package of the workspace: links to those it depends on, here those of another one. */
  link(folder: string, like: string): void {
    const from = join(this.root, like, 'node_modules');
    cpSync(from, join(this.root, folder, 'node_modules'), { recursive: true, verbatimSymlinks: true });
  }

  /** Content of every file by path, without installed packages. */
  snapshot(): ReadonlyMap<string, string> {
    const files = globSync('**/*', {
      cwd: this.root,
      withFileTypes: true,
      exclude: (entry) => entry.name === 'node_modules',
    }).filter((entry) => entry.isFile());
    return new Map(
      files.map((entry) => {
        const path = join(entry.parentPath, entry.name);
        return [path.slice(this.root.length + 1), createHash('sha256').update(readFileSync(path)).digest('hex')];
      }),
    );
  }

  /** Runs a tool of the project in the copy. Rejects with what it printed when it finds something. */
  async tool(name: string, ...args: string[]): Promise<void> {
    const program = name === 'node' ? process.execPath : join(this.root, 'node_modules', '.bin', name);
    const env = { PATH: `${dirname(process.execPath)}:${process.env.PATH}` };
    await run(program, args, { cwd: this.root, env, maxBuffer: 2 ** 24 }).catch(
      (error: Error & { stdout?: string }) => {
        throw new Error(`${name} ${args.join(' ')}\n${error.stdout ?? ''}\n${error.message}`);
      },
    );
  }

  discard = (): void => rmSync(this.root, { recursive: true, force: true });
}

/** Files that differ between two snapshots, sorted. */
export function changedFiles(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string[] {
  const paths = new Set([...before.keys(), ...after.keys()]);
  return [...paths].filter((path) => before.get(path) !== after.get(path)).sort();
}
