import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { stateFolder } from '@ge/embedded';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { linkedServices } from '../src/index.ts';

let project: string;
let changes = 0;

beforeEach(() => {
  // What means something else in an address.
  project = mkdtempSync(join(tmpdir(), 'ge linking#%41é-'));
  write('pnpm-lock.yaml', 'lockfileVersion: 9\n');
  write('packages/greeting.ts', `export const greeting: string = 'hello';\n`);
  write(
    'services/one/main.ts',
    `import { greeting } from '../../packages/greeting.ts';\nconsole.log(greeting, 'one');\n`,
  );
  write(
    'services/two/main.ts',
    `import { greeting } from '../../packages/greeting.ts';\nconsole.log(greeting, 'two');\n`,
  );
});

afterEach(() => {
  vi.unstubAllEnvs();
  // Not below the project where PostgreSQL's user cannot reach that.
  rmSync(stateFolder(project), { recursive: true, force: true });
  rmSync(project, { recursive: true, force: true });
});

/** Saved a minute ago: a file that is saved while it is linked is another matter. */
function write(path: string, text: string): void {
  const file = join(project, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  changes += 1;
  utimesSync(file, new Date(), new Date(Date.now() - 60_000 + changes));
}

/** Whatever is linked from now on is linked after it was saved. */
const settled = (savedBy = Date.now()) => vi.waitUntil(() => Date.now() > savedBy + 1, { interval: 1 });

const main = (service: string) => join(project, 'services', service, 'main.ts');
const runs = (file: string): string => execFileSync(process.execPath, [file], { encoding: 'utf8' }).trim();
const linkedTimes = () => readdirSync(join(stateFolder(project), 'linked')).filter((name) => /^\d+-/.test(name)).length;

test('a linked service does what its sources say, with what it shares with others', async () => {
  const startedFrom = await linkedServices(project);
  expect(startedFrom(main('one'))).toMatch(/linked\/.*\/one\.js$/);
  expect(['one', 'two'].map((name) => runs(startedFrom(main(name))))).toEqual(['hello one', 'hello two']);
});

test('services are linked anew after a change of what they are made of, and only then', async () => {
  const first = (await linkedServices(project))(main('one'));
  expect((await linkedServices(project))(main('one'))).toBe(first);
  write('packages/unused.ts', 'export {};\n');
  expect((await linkedServices(project))(main('one'))).toBe(first);

  write('packages/greeting.ts', `export const greeting: string = 'good morning';\n`);
  const second = (await linkedServices(project))(main('one'));
  expect(second).not.toBe(first);
  expect(runs(second)).toBe('good morning one');
  // Started before the change: may still run.
  expect(runs(first)).toBe('hello one');

  write('services/three/main.ts', `console.log('three');\n`);
  expect(runs((await linkedServices(project))(main('three')))).toBe('three');
});

test('services are linked anew where a package says that its name means another of its files', async () => {
  write('packages/words/package.json', '{ "name": "words", "exports": "./plain.ts" }');
  write('packages/words/plain.ts', `export const word: string = 'plain';\n`);
  write('packages/words/fine.ts', `export const word: string = 'fine';\n`);
  mkdirSync(join(project, 'node_modules'));
  symlinkSync(join(project, 'packages', 'words'), join(project, 'node_modules', 'words'));
  write('services/two/main.ts', `import { word } from 'words';\nconsole.log(word);\n`);
  expect(runs((await linkedServices(project))(main('two')))).toBe('plain');
  write('packages/words/package.json', '{ "name": "words", "exports": "./fine.ts" }');
  expect(runs((await linkedServices(project))(main('two')))).toBe('fine');
});

test('services are linked anew where a folder has become a package of its own', async () => {
  write('packages/words/package.json', '{ "imports": { "#word": "./plain.ts" } }');
  write('packages/words/plain.ts', `export const word: string = 'plain';\n`);
  write('packages/words/inner/fine.ts', `export const word: string = 'fine';\n`);
  write('packages/words/inner/deep/said.ts', `export { word } from '#word';\n`);
  write(
    'services/two/main.ts',
    `import { word } from '../../packages/words/inner/deep/said.ts';\nconsole.log(word);\n`,
  );
  expect(runs((await linkedServices(project))(main('two')))).toBe('plain');
  write('packages/words/inner/package.json', '{ "imports": { "#word": "./fine.ts" } }');
  expect(runs((await linkedServices(project))(main('two')))).toBe('fine');
});

test('many that want the services at once link them once', async () => {
  const said: string[] = [];
  const answers = await Promise.all(
    Array.from({ length: 5 }, async () => (await linkedServices(project, (line) => said.push(line)))(main('two'))),
  );
  expect(new Set(answers).size).toBe(1);
  expect(said).toEqual(['linking the services (after each change of their sources)']);
  expect(linkedTimes()).toBe(1);
});

test('a source saved while it was linked is linked again at the next start', async () => {
  vi.useFakeTimers({ now: Date.now() - 3_600_000, toFake: ['Date'] });
  const early = (await linkedServices(project))(main('one'));
  vi.useRealTimers();
  expect((await linkedServices(project))(main('one'))).not.toBe(early);
});

test('packages that stay where they are are found from there, whether they are imported or required', async () => {
  write('node_modules/express/package.json', '{ "name": "express", "main": "index.cjs" }');
  write('node_modules/express/index.cjs', `module.exports = { named: __filename };\n`);
  write('packages/older.cjs', `exports.required = require('express').named;\n`);
  write(
    'services/two/main.ts',
    `import express from 'express';\nimport { required } from '../../packages/older.cjs';\nconsole.log(express.named, required);\n`,
  );
  const file = join(realpathSync(project), 'node_modules', 'express', 'index.cjs');
  expect(runs((await linkedServices(project))(main('two')))).toBe(`${file} ${file}`);
});

test('a service finds the files beside its source', async () => {
  write('services/two/words.txt', 'written beside\n');
  write(
    'services/two/main.ts',
    `import { readFileSync } from 'node:fs';\nconsole.log(readFileSync(new URL('./words.txt', import.meta.url), 'utf8'));\n`,
  );
  expect(runs((await linkedServices(project))(main('two')))).toBe('written beside');
});

test('what is no service of the project, and everything with GE_LINK=off, is started as it is', async () => {
  const startedFrom = await linkedServices(project);
  expect(startedFrom(join(project, 'test', 'worker.ts'))).toBe(join(project, 'test', 'worker.ts'));
  vi.stubEnv('GE_LINK', 'off');
  expect((await linkedServices(project))(main('one'))).toBe(main('one'));
});

test('a source that cannot be read is told, and nothing is remembered', async () => {
  write('services/two/main.ts', `import './missing.ts';\n`);
  await expect(linkedServices(project)).rejects.toThrow(
    "The services cannot be linked: services/two/main.ts:1:8: Could not resolve './missing.ts' in services/two/main.ts. Mend",
  );
  write('services/two/main.ts', `const wrong: = 3;\n`);
  await expect(linkedServices(project)).rejects.toThrow(
    'The services cannot be linked: services/two/main.ts:1:14: Unexpected token. Mend that file and start again.',
  );
  expect(linkedTimes()).toBe(0);
  write('services/two/main.ts', `console.log('mended');\n`);
  expect(runs((await linkedServices(project))(main('two')))).toBe('mended');
});

test('a constant of which the linked files keep nothing but its value is a source like any other', async () => {
  write('packages/limits.ts', 'export const most = 1;\n');
  write('services/one/main.ts', `import { most } from '../../packages/limits.ts';\nconsole.log(most);\n`);
  await settled();
  expect(runs((await linkedServices(project))(main('one')))).toBe('1');
  write('packages/limits.ts', 'export const most = 2;\n');
  expect(runs((await linkedServices(project))(main('one')))).toBe('2');
});

test('services are linked anew after packages were installed anew, though the lockfile is as it was', async () => {
  write('node_modules/.pnpm/lock.yaml', 'lockfileVersion: 9\n');
  write('node_modules/word/package.json', '{ "name": "word", "type": "module", "exports": "./index.js" }');
  write('node_modules/word/index.js', `export const word = 'before the installation';\n`);
  write('services/one/main.ts', `import { word } from 'word';\nconsole.log(word);\n`);
  await settled();
  expect(runs((await linkedServices(project))(main('one')))).toBe('before the installation');
  write('node_modules/word/index.js', `export const word = 'after it';\n`);
  write('node_modules/.pnpm/lock.yaml', 'lockfileVersion: 9\npackages: {}\n');
  expect(runs((await linkedServices(project))(main('one')))).toBe('after it');
});

/** Links them once for each of these changes. */
async function linkWith(greetings: readonly string[]): Promise<void> {
  for (const greeting of greetings) {
    write('packages/greeting.ts', `export const greeting: string = '${greeting}';\n`);
    await settled();
    await linkedServices(project);
  }
}

const inTheMeantime = ['good morning', 'good day', 'good afternoon', 'good evening', 'good night'];

test('what a running process has started it can start again, however often the services are linked meanwhile', async () => {
  const first = (await linkedServices(project))(main('one'));
  await linkWith(inTheMeantime);
  expect(runs(first)).toBe('hello one');
});

test('what nobody who runs was started from is cleared away, links that were not remembered included', async () => {
  const linking = `import { linkedServices } from ${JSON.stringify(new URL('../src/index.ts', import.meta.url).href)};
    await linkedServices(process.argv[1]);`;
  for (const greeting of inTheMeantime) {
    write('packages/greeting.ts', `export const greeting: string = '${greeting}';\n`);
    // Saved in times to come: never remembered.
    const early = `const now = Date.now; Date.now = () => now() - 3_600_000;`;
    execFileSync(process.execPath, [
      '--input-type=module',
      '-e',
      `${linking.replace('await', `${early} await`)}`,
      project,
    ]);
  }
  expect(linkedTimes()).toBe(3);
});

test('services start though the clock was set back since they were linked last', async () => {
  vi.useFakeTimers({ now: Date.now() + 86_400_000, toFake: ['Date'] });
  await linkWith(inTheMeantime.slice(0, 3));
  vi.useRealTimers();
  await linkWith(['hello again']);
  expect(runs((await linkedServices(project))(main('one')))).toBe('hello again one');
});
