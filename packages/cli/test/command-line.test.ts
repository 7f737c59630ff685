import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test, vi } from 'vitest';
import { runCommand } from '../src/program.ts';

const launcher = fileURLToPath(new URL('../src/main.ts', import.meta.url));
const project = fileURLToPath(new URL('../../..', import.meta.url));

function ge(...args: string[]) {
  return spawnSync(process.execPath, [launcher, ...args], { encoding: 'utf8', env: { PATH: process.env.PATH } });
}

/** What a command that ends nothing and starts nothing prints: without a process of its own for each of them. */
async function printed(...args: string[]): Promise<string> {
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  try {
    await runCommand(args);
    return write.mock.calls.map(([chunk]) => String(chunk)).join('');
  } finally {
    write.mockRestore();
  }
}

test('help names every command, and every command explains itself with examples and exit codes', async () => {
  const { status, stdout } = ge('help');
  expect(status).toBe(0);
  expect(await printed('help')).toBe(stdout);
  const names = [...stdout.matchAll(/^ {2}([a-z]+) (?:\[|<| {2})/gm)].map((match) => match[1] ?? '');
  expect(names).toEqual([
    ...['up', 'demo', 'test', 'migrate', 'status'],
    ...['backlog', 'why', 'dead', 'pause', 'resume', 'keys', 'feed', 'label', 'carrier'],
    ...['flood', 'rehearse', 'bench', 'cluster', 'run', 'help'],
  ]);
  for (const name of names) {
    const help = await printed(name, '--help');
    expect(help).toContain(`Examples:\n  ge ${name}`);
    expect(help).toMatch(/Exit codes:\n( {2}\d+ .*\n)+/);
    expect(await printed('help', name)).toBe(help);
  }
  expect(ge('status', '--help')).toMatchObject({ status: 0, stdout: await printed('status', '--help') });
});

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
