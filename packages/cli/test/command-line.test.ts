import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';

const launcher = fileURLToPath(new URL('../src/main.ts', import.meta.url));
const project = fileURLToPath(new URL('../../..', import.meta.url));

function ge(...args: string[]) {
  return spawnSync(process.execPath, [launcher, ...args], { encoding: 'utf8', env: { PATH: process.env.PATH } });
}

test('help names every command, and every command explains itself with examples and exit codes', () => {
  const { status, stdout } = ge('help');
  expect(status).toBe(0);
  const names = [...stdout.matchAll(/^ {2}([a-z]+) (?:\[|<| {2})/gm)].map((match) => match[1] ?? '');
  expect(names).toEqual([
    ...['up', 'demo', 'test', 'migrate', 'status'],
    ...['backlog', 'why', 'dead', 'pause', 'resume', 'keys', 'flood', 'bench', 'run', 'help'],
  ]);
  for (const name of names) {
    const help = ge(name, '--help');
    expect(help.status).toBe(0);
    expect(help.stdout).toContain(`Examples:\n  ge ${name}`);
    expect(help.stdout).toMatch(/Exit codes:\n( {2}\d+ .*\n)+/);
    expect(ge('help', name).stdout).toBe(help.stdout);
  }
  // Two processes for each command.
}, 180_000);

test('--version is that of the project', () => {
  const { version } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8'));
  expect(ge('--version')).toMatchObject({ status: 0, stdout: `${version}\n`, stderr: '' });
});

test.each([
  [['bogus'], "unknown command 'bogus' (ge help lists them)"],
  [['statsu'], "unknown command 'statsu' (Did you mean status?)"],
  [['help', 'bogus'], "unknown command 'bogus' (ge help lists them)"],
  [['help', 'statsu'], "unknown command 'statsu' (Did you mean status?)"],
  [['up', '--bogus'], "unknown option '--bogus'"],
  [['run'], "missing required argument 'program'"],
  [['run', 'no-such-program'], 'There is no program no-such-program on the PATH.'],
])('a mistake is answered in a line and exit code 2: %j', (args, said) => {
  expect(ge(...args)).toMatchObject({ status: 2, stdout: '', stderr: `ge: ${said}\n` });
});

test.each([
  [['demo', '--json', '--examples', '/nonexistent'], 2],
  [['up', '--json', '--bogus'], 2],
  [['status', '--json', '--data', '/nonexistent'], 1],
  [['test', '--json', 'no/such/test'], 1],
])('with --json standard output holds one object, also of a command that fails: %j', (args, code) => {
  const { status, stdout } = ge(...args);
  expect(JSON.parse(stdout)).toMatchObject({ ok: false });
  expect(status).toBe(code);
});

test("a file and a program are run with the project's Node, arguments and exit code passed on as they are", () => {
  const folder = mkdtempSync(join(tmpdir(), 'ge-run-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'some.ts');
  writeFileSync(file, 'const told: string[] = process.argv.slice(2); console.log(told.join()); process.exit(7);\n');
  const own = { status: 7, stdout: '--help,--json\n', stderr: '' };
  expect(ge('run', file, '--help', '--json')).toMatchObject(own);
  expect(ge('run', 'node', file, '--help', '--json')).toMatchObject(own);
  expect(ge('run', 'node', '--version').stdout).toBe(`${process.version}\n`);
});
