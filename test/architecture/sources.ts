import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface SourceFile {
  /** From the project's root, with forward slashes. */
  readonly path: string;
  readonly text: string;
  readonly lines: number;
  /** What it imports, as written. */
  readonly imports: readonly string[];
}

export interface Room {
  /** For instance `packages/domain`. */
  readonly path: string;
  readonly dependencies: readonly string[];
}

const read = (path: string): string => readFileSync(`${root}/${path}`, 'utf8');
const find = (pattern: string): string[] =>
  globSync(pattern, { cwd: root, exclude: (path) => /(^|\/)(node_modules|\.ge)$/.test(String(path)) }).map((path) =>
    path.replaceAll('\\', '/'),
  );

/** TypeScript files under a pattern, tests left out unless asked for. */
export function sources(pattern: string, withTests = false): SourceFile[] {
  return find(pattern)
    .filter((path) => !path.includes('node_modules/') && (withTests || !/(^|\/)test\//.test(path)))
    .sort()
    .map((path) => {
      const text = read(path);
      const imports = [
        ...text.matchAll(
          /^\s*(?:import|export)\b[^'"]*?from\s+['"]([^'"]+)['"]|^\s*import\s+['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/gm,
        ),
      ];
      return {
        path,
        text,
        lines: text.split('\n').length - 1,
        imports: imports.map((found) => (found[1] ?? found[2] ?? found[3])!),
      };
    });
}

/** Every workspace package with what its manifest depends on at run time. */
export function rooms(): Room[] {
  return find('{packages,services,infra}/*/package.json')
    .sort()
    .map((path) => ({
      path: path.replace('/package.json', ''),
      dependencies: Object.keys((JSON.parse(read(path)) as { dependencies?: object }).dependencies ?? {}),
    }));
}
