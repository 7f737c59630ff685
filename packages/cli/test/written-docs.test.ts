import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { documents } from '../scripts/docs/documents.ts';
import { projectDir } from '../src/project.ts';

const written = await documents();
const read = (file: string): string => readFileSync(join(projectDir, file), 'utf8');
const pages = globSync(['*.md', 'docs/**/*.md', '{packages,services,infra}/*/README.md', 'examples/**/*.md'], {
  cwd: projectDir,
  exclude: (path) => path.includes('node_modules'),
});

test.for(Object.keys(written))('docs/%s says what the code says (otherwise: pnpm run docs)', (file) => {
  expect(read(join('docs', file))).toBe(written[file]);
});

test.for(pages)('links of %s lead to something that is there', (page) => {
  const targets = [...read(page).matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)].map(([, target]) => target!);
  const missing = targets.filter(
    (target) => !target.includes('://') && !existsSync(join(projectDir, dirname(page), target)),
  );
  expect(missing).toEqual([]);
});

/** Lines without the indentation they share, so that a part of a file can be shown by itself. */
const outdented = (text: string): string => text.replace(/^[ \t]+/gm, '');

test.for(pages)('code that %s shows of a file stands in that file', (page) => {
  const shown = [...read(page).matchAll(/^```ts (\S+)\n([\s\S]*?)^```$/gm)];
  expect(shown.filter(([, file, code]) => !outdented(read(file!)).includes(outdented(code!)))).toEqual([]);
});

/** Variables and their defaults as the tables of a page have them. */
const defaultsIn = (page: string): readonly string[] =>
  [...read(page).matchAll(/^\| (`[A-Z_]+` \| `[^`]*`) \|/gm)].map(([, variable]) => variable!);

test('knobs of docs/scale.md have the defaults they have in the code', () => {
  const knobs = defaultsIn('docs/scale.md');
  expect(knobs.length).toBeGreaterThan(0);
  expect(knobs.filter((knob) => !defaultsIn('docs/configuration.md').includes(knob))).toEqual([]);
});
