import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startGe } from './started-ge.ts';

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'ge-interrupt-'));
  chmodSync(made, 0o711);
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

/** Starting nine services takes a while on a machine with other things to do. */
const patience = 180_000;

test(
  'ge up: interrupted at any moment it ends everything with its own exit code, and the next one starts',
  async () => {
    const data = join(folder(), 'fleet');
    const early = startGe(['up', '--data', data]);
    await early.saying('starting the servers');
    early.ctrlC();
    expect(await early.ended).toBe(130);
    expect(early.running()).toEqual([]);

    const starting = startGe(['up', '--data', data]);
    await starting.saying('starting 9 services');
    starting.signal('SIGTERM');
    expect(await starting.ended).toBe(143);
    expect(starting.running()).toEqual([]);

    const up = startGe(['up', '--quiet', '--data', data]);
    await up.saying('The fleet is up.');
    const relay = up.running().find(({ command }) => command.includes('/relay.js'));
    process.kill(relay!.pid, 'SIGKILL');
    await up.saying('\nrelay                  | died (SIGKILL); starting again in 250 ms\n');
    await up.saying('\nrelay                  | ready\n');
    const status = startGe(['status', '--json', '--data', data]);
    expect(await status.ended).toBe(0);
    expect(JSON.parse(status.output())).toMatchObject({ running: true, ok: true, pid: up.pid });
    const second = startGe(['up', '--json', '--data', data]);
    expect(await second.ended).toBe(2);
    expect(JSON.parse(second.output()).error).toBe(`The fleet is already up (process ${up.pid}): ge status shows it.`);
    up.ctrlC();
    expect(await up.ended).toBe(130);
    expect(up.running()).toEqual([]);
    expect(readdirSync(data)).not.toContain('fleet.json');
  },
  patience,
);

test(
  'ge demo: Ctrl-C in the middle of the story, pressed twice, ends everything and keeps no results',
  async () => {
    const out = join(folder(), 'results');
    const demo = startGe(['demo', '--out', out]);
    await demo.saying(' 1/13 ');
    demo.ctrlC();
    demo.ctrlC();
    expect(await demo.ended).toBe(130);
    expect(demo.running()).toEqual([]);
    expect(existsSync(join(out, 'mails'))).toBe(false);
  },
  patience,
);

test(
  'ge test: Ctrl-C ends the run and its servers, and with --json says so',
  async () => {
    const run = startGe(['test', '--json', 'services/relay/test/housekeeping.test.ts']);
    await run.saying(' RUN ');
    run.ctrlC();
    expect(await run.ended).toBe(130);
    expect(run.running()).toEqual([]);
    expect(JSON.parse(run.output())).toEqual({ ok: false, error: 'interrupted' });
  },
  patience,
);
