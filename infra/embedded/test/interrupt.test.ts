import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { openFleetServers } from '../src/index.ts';
import { testFolder } from './folder.ts';
import { toolsDir } from './tools.ts';
import { answers, until } from './wait.ts';

const program = fileURLToPath(new URL('./interrupted-program.ts', import.meta.url));

/** Starts a program that opens one server on `folder`/fleet; what it fetches goes below `folder`/tools. */
function start(folder: string, only: string, path = process.env.PATH): ChildProcess {
  const argv = [program, join(folder, 'fleet'), join(folder, 'tools'), only];
  const stdio = ['ignore', 'ignore', 'inherit'] as const;
  const child = spawn(process.execPath, argv, { stdio: [...stdio], env: { ...process.env, PATH: path } });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

/** Waits as `until` does, but not for what will never be since the program has ended; what it said stands in the log. */
const whileItRuns = (child: ChildProcess, holds: () => boolean): Promise<void> =>
  until(() => {
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error(`it ended with ${child.signalCode ?? child.exitCode}`);
    return holds();
  });

/** What runs and names the folder in its command line. */
const running = (folder: string): string[] =>
  spawnSync('ps', ['-A', '-ww', '-o', 'args='], { encoding: 'utf8' })
    .stdout.split('\n')
    .filter((line) => line.includes(folder));

/** A PATH with an apt-get whose download never ends and keeps writing into the folder it was called in. */
function slowApt(folder: string): string {
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  const lines = [
    '#!/bin/sh',
    'case "$*" in *download*) ;; *) exit 0 ;; esac',
    'while mkdir -p part; do echo more >>part/file; sleep 0.01; done',
  ];
  writeFileSync(join(bin, 'apt-get'), `${lines.join('\n')}\n`, { mode: 0o755 });
  return `${bin}:/usr/bin:/bin`;
}

const signals = [
  ['SIGTERM', 143],
  ['SIGKILL', null],
] as const;

test.for(signals)(
  '%s while a cluster is made leaves neither programs nor a half-made cluster',
  async ([signal, code]) => {
    const folder = testFolder();
    const postgres = join(folder, 'fleet', 'postgres');
    const child = start(folder, 'postgres');
    await whileItRuns(child, () => existsSync(join(postgres, 'draft', 'base')));
    child.kill(signal);
    expect((await once(child, 'exit'))[0]).toBe(code);
    await until(() => running(folder).length === 0);
    await until(() => !existsSync(join(postgres, 'draft')));
    expect(existsSync(join(postgres, 'data'))).toBe(false);
    const next = { dataDir: join(folder, 'fleet'), toolsDir, only: ['postgres'], durable: false, env: {} } as const;
    const servers = await openFleetServers(next);
    expect(await answers(servers.postgres?.port ?? 0)).toBe(true);
    await servers.close();
  },
);

test.for(signals)(
  '%s while Redis is fetched leaves neither programs nor half-fetched packages',
  async ([signal, code]) => {
    const folder = testFolder();
    const tools = join(folder, 'tools');
    const child = start(folder, 'redis', slowApt(folder));
    const drafts = () => (existsSync(join(tools, 'run')) ? readdirSync(join(tools, 'run')) : []);
    await whileItRuns(child, () => drafts().some((draft) => existsSync(join(tools, 'run', draft, 'part', 'file'))));
    child.kill(signal);
    expect((await once(child, 'exit'))[0]).toBe(code);
    await until(() => running(folder).length === 0);
    await until(() => drafts().length === 0);
    expect(readdirSync(tools)).toEqual(['run']);
  },
);

test('a program interrupted twice still ends everything before it exits itself', async () => {
  const folder = testFolder();
  const child = start(folder, 'redis', slowApt(folder));
  await whileItRuns(child, () => running(join(folder, 'bin')).length > 0);
  child.kill('SIGTERM');
  child.kill('SIGTERM');
  await once(child, 'exit');
  expect(running(folder)).toEqual([]);
});
