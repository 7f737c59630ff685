import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const launcher = fileURLToPath(new URL('../src/main.ts', import.meta.url));

function ge(...args: string[]) {
  return spawnSync(process.execPath, [launcher, ...args], { encoding: 'utf8', env: { PATH: process.env.PATH } });
}

test('help names every command, and every command explains itself with an example', () => {
  const { status, stdout } = ge('help');
  expect(status).toBe(0);
  const names = [...stdout.matchAll(/^ {2}([a-z]+) (?:\[| {2})/gm)].map((match) => match[1] ?? '');
  expect(names).toEqual(expect.arrayContaining(['up', 'test', 'migrate', 'status', 'help']));
  for (const name of names.filter((command) => command !== 'help')) {
    const help = ge(name, '--help');
    expect(help.status).toBe(0);
    expect(help.stdout).toContain(`Examples:\n  ge ${name}`);
  }
});

test.each([
  [['bogus'], "ge: unknown command 'bogus'\n"],
  [['statsu'], "ge: unknown command 'statsu'\n(Did you mean status?)\n"],
  [['up', '--bogus'], "ge: unknown option '--bogus'\n"],
])('a mistake is answered in a line and exit code 2: %j', (args, said) => {
  const { status, stderr, stdout } = ge(...args);
  expect(stderr).toBe(said);
  expect(stdout).toBe('');
  expect(status).toBe(2);
});
