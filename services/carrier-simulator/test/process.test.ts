import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { createCarrierRegistry } from '@ge/carriers';
import { describe, expect, it } from 'vitest';
import { adminToken, call, enquiry, intentFor } from './simulatorFixture.ts';

const main = fileURLToPath(new URL('../main.ts', import.meta.url));
const start = (environment: Record<string, string>): ChildProcess =>
  spawn(process.execPath, [main], {
    env: { PATH: process.env.PATH, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });

const urlOf = async (child: ChildProcess): Promise<string> => {
  for await (const line of createInterface({ input: child.stdout! })) {
    const said = JSON.parse(line) as { msg: string; url?: string };
    if (said.url) return said.url;
  }
  throw new Error('the simulator did not start');
};

describe('the simulator as a process', () => {
  it('stops on SIGTERM with code 0, even while a call is kept waiting for ever', async () => {
    const child = start({ PORT: '0', ADMIN_TOKEN: adminToken });
    const url = await urlOf(child);
    const headers = { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' };
    const rules = [{ operation: 'track', effect: { kind: 'no_answer_before' } }];
    await fetch(`${url}/faults`, { method: 'POST', headers, body: JSON.stringify({ rules }) });
    const waiting = fetch(`${url}/express/tracking/1`, { headers: { 'dhl-api-key': 'any' } }).catch(() => 'cut');
    await expect
      .poll(async () => ((await (await fetch(`${url}/faults`, { headers })).json()) as { rules: unknown[] }).rules)
      .toEqual([]);
    child.kill('SIGTERM');
    expect((await once(child, 'exit'))[0]).toBe(0);
    expect(await waiting).toBe('cut');
  });

  it('still knows a charge after it was killed', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'carrier-process-'));
    const environment = { PORT: '0', DATABASE_FILE: join(folder, 'ledger.sqlite') };
    const first = start(environment);
    const before = createCarrierRegistry([{ id: 'simulator-express', baseUrl: await urlOf(first), apiKey: 'any' }]);
    const carrier = before.carrierById('simulator-express')!;
    const quote = await carrier.quote(enquiry, call);
    if (quote.kind !== 'quoted') throw new Error(quote.kind);
    const prepared = carrier.prepare(intentFor('lbl_killed', quote.offers[0]!));
    const bought = await carrier.buy(prepared, call);
    first.kill('SIGKILL');
    await once(first, 'exit');
    const second = start(environment);
    const after = createCarrierRegistry([{ id: 'simulator-express', baseUrl: await urlOf(second), apiKey: 'any' }]);
    expect(await after.carrierById('simulator-express')!.buy(prepared, call)).toEqual(bought);
    second.kill('SIGTERM');
    await once(second, 'exit');
    await Promise.all([before.close(), after.close(), rm(folder, { recursive: true })]);
  });

  const refusedFor = async (environment: Record<string, string>): Promise<string> => {
    const child = start(environment);
    let errors = '';
    child.stderr!.on('data', (chunk: Buffer) => {
      errors += chunk.toString();
    });
    expect((await once(child, 'close'))[0]).toBe(78);
    return errors;
  };

  it('names every mistake in its environment at once, without repeating a secret', async () => {
    const errors = await refusedFor({
      ...{ PORT: 'many', LATENCY_MS: '-1', FAULTS: '{', ADMIN_TOKEN: 'too-short', EXPRESS_WEBHOOK_KEY: 'k:short-one' },
    });
    for (const name of ['PORT', 'LATENCY_MS', 'FAULTS', 'ADMIN_TOKEN', 'EXPRESS_WEBHOOK_KEY'])
      expect(errors).toContain(name);
    expect(errors).not.toContain('too-short');
    expect(errors).not.toContain('short-one');
    const unsigned = await refusedFor({ PORT: '0', PARCEL_WEBHOOK_URL: 'http://127.0.0.1:1/told' });
    expect(unsigned).toContain('PARCEL_WEBHOOK_URL needs PARCEL_WEBHOOK_KEY');
  });
});
