import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { projectDir } from '../src/project.ts';
import { type StartedGe, startGe } from './started-ge.ts';

/** A checkout with nothing but the launcher in it, and programs on its PATH that take longer than anybody waits. */
function bareCheckout(): { folder: string; path: string } {
  const folder = mkdtempSync(join(tmpdir(), 'ge-launcher-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  copyFileSync(join(projectDir, 'ge'), join(folder, 'ge'));
  writeFileSync(join(folder, 'package.json'), '{}');
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  slow(join(bin, 'npm'));
  return { folder, path: `${bin}:${dirname(process.execPath)}:/usr/bin:/bin` };
}

/** A program that writes all the time, and starts another that does. */
function slow(file: string): void {
  const loop = 'while echo more >>"$written"; do sleep 0.02; done';
  const lines = ['#!/bin/sh', 'written=$(dirname "$0")/written', `(${loop}) &`, loop];
  writeFileSync(file, `${lines.join('\n')}\n`, { mode: 0o755 });
}

const ge = ({ folder, path }: { folder: string; path: string }): StartedGe =>
  startGe(['help'], ['/bin/sh', join(folder, 'ge')], { PATH: path });

const interrupts = [
  ['Ctrl-C', 130, (started: StartedGe) => started.ctrlC()],
  ['SIGTERM', 143, (started: StartedGe) => started.signal('SIGTERM')],
] as const;

test.for(interrupts)(
  '%s while npm fetches the tools ends npm and leaves nothing half-made',
  async ([, code, interrupt]) => {
    const checkout = bareCheckout();
    const started = ge(checkout);
    await started.saying('fetching ');
    await until(() => existsSync(join(checkout.folder, 'bin', 'written')));
    interrupt(started);
    expect(await started.ended).toBe(code);
    expect(started.running()).toEqual([]);
    expect(readdirSync(join(checkout.folder, '.ge'))).toEqual(['setup.log']);
  },
);

test.for(interrupts)(
  '%s while pnpm installs ends pnpm, and what it left does not count as installed',
  async ([, code, interrupt]) => {
    const checkout = bareCheckout();
    const tools = join(checkout.folder, '.ge', 'tools');
    const bin = join(tools, 'node_modules', '.bin');
    mkdirSync(bin, { recursive: true });
    writeFileSync(join(tools, '.ge-tools'), pnpmPackage());
    slow(join(bin, 'pnpm'));
    const started = ge(checkout);
    await started.saying('installing the packages');
    await until(() => existsSync(join(bin, 'written')));
    interrupt(started);
    expect(await started.ended).toBe(code);
    expect(started.running()).toEqual([]);
    expect(existsSync(join(checkout.folder, 'node_modules', '.ge-installed'))).toBe(false);
    expect(readdirSync(join(checkout.folder, '.ge')).sort()).toEqual(['setup.log', 'tools']);
  },
);

/** One that has ended by itself meanwhile is as good as killed. */
function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

test('a run after one that was killed takes over its lock, once what that one started has ended', async () => {
  const checkout = bareCheckout();
  // A busy machine: the lock changes hands by a link that is made and then moved into place.
  writeFileSync(join(checkout.folder, 'bin', 'ln'), '#!/bin/sh\nsleep 0.3\nexec /bin/ln "$@"\n', { mode: 0o755 });
  const killed = ge(checkout);
  await killed.saying('fetching ');
  await until(() => existsSync(join(checkout.folder, 'bin', 'written')));
  killed.signal('SIGKILL');
  await killed.ended;
  const next = ge(checkout);
  await next.saying('another ge (process ');
  for (const { pid } of killed.running()) kill(pid);
  await next.saying('fetching ');
  next.ctrlC();
  expect(await next.ended).toBe(130);
  expect(next.running()).toEqual([]);
});

/** The one the launcher names. */
function pnpmPackage(): string {
  return /^pnpm_package=(\S+)$/m.exec(readFileSync(join(projectDir, 'ge'), 'utf8'))![1]!;
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 10));
}
