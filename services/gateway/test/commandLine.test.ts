import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { routes } from '@ge/api';
import { assignSkus } from '@ge/contracts';
import { judgeCarrier, outgoing, settleMessages, startOperation, takeMessages } from '@ge/database';
import { askedOff, type SellerId } from '@ge/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importSeller } from './sellers.ts';
import { startGateway, type TestGateway } from './startGateway.ts';

const launcher = fileURLToPath(new URL('../../../packages/cli/src/main.ts', import.meta.url));

let gateway: TestGateway;
let sellerId: SellerId;
let operationId: string;
let messageIds: number[];

interface Said {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs one command of `./ge` against the gateway. */
const ge = (args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Said> =>
  new Promise((resolve) => {
    const given = { PATH: process.env.PATH, GE_URL: gateway.baseUrl, GE_KEY: gateway.operatorKey, ...env };
    execFile(process.execPath, [launcher, ...args], { env: given }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
    );
  });

beforeAll(async () => {
  gateway = await startGateway();
  ({ sellerId } = (await importSeller(gateway.operator)) as { sellerId: SellerId });
  const items = [{ sku: 'K', template: { name: 'T' } }];
  await gateway.database.transaction(async (tx) => {
    const message = outgoing(assignSkus, { payload: { sellerId, commandNo: 1, items }, sellerId });
    operationId = await startOperation(tx, { kind: 'test', sellerId, now: new Date() }, [message, message, message]);
    const rows = await tx.query<{ id: string }>('select id from messages order by id');
    messageIds = rows.map(({ id }) => Number(id));
    const { mine } = await takeMessages(
      tx,
      assignSkus.name,
      messageIds.slice(0, 2).map((id) => ({ id, gen: 0 })),
    );
    const ending = { kind: 'dead', reason: 'the template store is away' } as const;
    const settled = mine.map((row) => ({ message: row, ending, followUps: [], progress: null }));
    await settleMessages(tx, settled, new Date());
  });
});
afterAll(() => gateway?.close());

describe('the command line', () => {
  it('tells why: of a message, of its operation, and that nothing has an id', async () => {
    const message = await ge(['why', String(messageIds[0])]);
    expect(message).toMatchObject({ code: 0, stderr: '' });
    expect(message.stdout).toContain(`message ${messageIds[0]}: dead, seller ${sellerId}`);
    expect(message.stdout).toContain('the template store is away');
    expect(message.stdout).toContain(`See also: operation:${operationId}`);
    const operation = await ge(['why', operationId, '--json']);
    expect(JSON.parse(operation.stdout)).toMatchObject({ kind: 'operation', state: 'open' });
    const none = await ge(['why', 'op_none']);
    expect(none).toEqual({ code: 1, stdout: '', stderr: 'ge: Nothing has the id op_none.\n' });
  });

  it('holds a carrier back and lets it go on', async () => {
    const carrier = ['--carrier', 'simulator-express'];
    const both = await ge(['pause', ...carrier, '--queue', 'sku-assignment', '--reason', 'prices']);
    expect(both).toMatchObject({ code: 2, stderr: expect.stringContaining('--carrier stands alone') });
    const set = await ge(['pause', ...carrier, '--reason', 'prices wrong']);
    expect(set).toEqual({ code: 0, stdout: 'Held back: carrier simulator-express.\n', stderr: '' });
    expect((await ge(['pause'])).stdout).toMatch(/simulator-express +\d+ (?:s|min) ago +prices wrong/);
    expect((await ge(['resume', ...carrier])).stdout).toBe('Goes on: carrier simulator-express.\n');
    const none = await ge(['resume', '--carrier', 'nobody']);
    expect(none).toEqual({ code: 1, stdout: '', stderr: 'ge: The fleet buys from no carrier nobody.\n' });
  });

  it('shows until when a carrier wants to be left alone, and lets it go on all the same', async () => {
    const carrierId = 'simulator-express';
    await judgeCarrier(gateway.database, carrierId, (standing, at) => ({
      standing: askedOff(askedOff(standing, 'buy', 7_200_000, at), 'quote', 600_000, at),
      result: null,
    }));
    const { stdout } = await ge(['pause']);
    expect(stdout).toMatch(/simulator-express +quotes +in (?:9|10) min\n/);
    expect(stdout).toMatch(/simulator-express +purchases +in (?:1|2) h\n/);
    const { asked } = JSON.parse((await ge(['pause', '--json'])).stdout);
    expect(asked).toMatchObject([{ carrierId, noPurchasesBefore: expect.any(String) }]);
    expect((await ge(['resume', '--carrier', carrierId])).code).toBe(0);
    expect((await ge(['pause'])).stdout).toBe('Nothing is held back.\n');
  });

  it('holds back, shows what is held back and by whom, and lets go', async () => {
    expect((await ge(['pause', '--queue', 'sku-assignment'])).code).toBe(2);
    const set = await ge(['pause', '--queue', 'sku-assignment', '--reason', 'repair']);
    expect(set).toEqual({ code: 0, stdout: 'Held back: queue sku-assignment.\n', stderr: '' });
    expect((await ge(['pause'])).stdout).toMatch(/sku-assignment +all +\d+ (?:s|min) ago +repair/);
    const why = await ge(['why', String(messageIds[2])]);
    expect(why.stdout).toMatch(/The queue sku-assignment is paused by key_\w+: repair/);
    expect((await ge(['resume', '--queue', 'sku-assignment'])).stdout).toBe('Goes on: queue sku-assignment.\n');
    expect(await ge(['resume', '--queue', 'sku-assignment'])).toMatchObject({
      code: 1,
      stderr: 'ge: Nothing of the kind is paused: queue sku-assignment. `ge pause` shows what is.\n',
    });
  });

  it('groups the dead, and runs a group again only with --yes and a reason', async () => {
    const { items } = JSON.parse((await ge(['dead', '--json'])).stdout);
    const { fingerprint } = items[0];
    expect((await ge(['dead'])).stdout).toMatch(
      new RegExp(`${fingerprint} +assign-skus +2 +1 .*the template store is away`),
    );
    expect((await ge(['dead', '--show', fingerprint])).stdout).toContain(String(messageIds[1]));
    const dry = await ge(['dead', '--redrive', fingerprint, '--rate', '1']);
    expect(dry.stdout).toContain('Would run again: 2 of 1 sellers; 1 operations open again.');
    expect((await ge(['dead', '--redrive', fingerprint, '--yes'])).code).toBe(2);
    const real = await ge(['dead', '--redrive', fingerprint, '--yes', '--reason', 'back']);
    expect(real).toMatchObject({ code: 0, stdout: 'Runs again: 2 of 1 sellers; 1 operations open again.\n' });
    expect((await ge(['dead'])).stdout).toBe('Nothing is dead.\n');
    expect(await ge(['dead', '--show', fingerprint])).toMatchObject({ code: 1, stdout: '' });
  });

  it('shows the backlog, says what a cancellation would do, and does it with --yes', async () => {
    expect((await ge(['backlog'])).stdout).toMatch(new RegExp(`sku-assignment +${sellerId} +3 +\\d+ (?:s|min) ago`));
    const cancel = ['backlog', '--seller', sellerId, '--cancel'];
    expect((await ge(cancel)).stdout).toContain('Nothing was done: add --reason and --yes.');
    expect((await ge([...cancel, '--yes'])).code).toBe(2);
    const real = await ge([...cancel, '--yes', '--reason', 'wrong file']);
    expect(real.stdout).toMatch(/sku-assignment +assign-skus +3/);
    expect((await ge(cancel)).stdout).toBe(`Nothing is owed to ${sellerId}.\n`);
    expect((await ge(['backlog', '--seller', 'nobody', '--cancel'])).stderr).toBe('ge: There is no seller nobody.\n');
  });

  it('issues, rotates and revokes keys; the key alone stands on standard output', async () => {
    const made = await ge(['keys', 'issue', '--scope', 'operator', '--role', 'viewer', '--label', 'desk']);
    expect(made.stdout).toMatch(/^ge_operator_\S+\n$/);
    const [id] = /key_\w+/.exec(made.stderr)!;
    const asViewer = { GE_KEY: made.stdout.trim() };
    expect((await ge(['keys', 'list'], asViewer)).stdout).toContain(id);
    expect((await ge(['pause'], asViewer)).code).toBe(0);
    expect(await ge(['pause', '--seller', 'S', '--reason', 'x'], asViewer)).toMatchObject({
      code: 1,
      stderr: 'ge: This key may not do that. `ge keys` shows roles; an admin issues keys.\n',
    });
    const rotated = JSON.parse((await ge(['keys', 'rotate', id, '--grace', '1d', '--json'])).stdout);
    expect(rotated).toMatchObject({ role: 'viewer', replaces: { id } });
    expect((await ge(['keys', 'rotate', id])).stderr).toBe(`ge: The key ${id} is revoked or rotated already.\n`);
    expect((await ge(['keys'])).stdout).toMatch(new RegExp(`${id} +operator viewer .* until \\d{4}-`));
    expect((await ge(['keys', 'revoke', rotated.id])).stdout).toBe(`Revoked: ${rotated.id}.\n`);
    const { items } = await gateway.operator.call(routes.audit.listAudit, { query: { target: id } });
    expect(items.map(({ action }) => action)).toEqual(['key.rotate', 'key.create']);
  });

  it.each([
    [['dead', '--redrive', 'x', '--rate', 'fast'], {}, 2, '--rate takes whole numbers, not fast.'],
    [['keys', 'issue', '--scope', 'seller', '--label', 'x'], {}, 2, '--seller goes with --scope seller.'],
    [['keys', 'rotate', 'key_1', '--grace', 'soon'], {}, 2, '--grace takes a time such as 12h, not soon.'],
    [['keys', 'revoke', 'key_1'], {}, 1, 'There is no key key_1. `ge keys` shows them.'],
    [['pause'], { GE_KEY: '' }, 2, 'GE_URL names a fleet, and GE_KEY is missing: an operator key of it.'],
    [['pause'], { GE_URL: 'nowhere' }, 2, 'GE_URL is no address: nowhere'],
    [['pause'], { GE_URL: 'http://127.0.0.1:2' }, 1, 'Nothing answers at http://127.0.0.1:2 (ECONNREFUSED).'],
  ] as const)('answers a mistake in a line: %j %j', async (args, env, code, said) => {
    expect(await ge(args, env)).toEqual({ code, stdout: '', stderr: `ge: ${said}\n` });
  });

  it('says of a key that is not in force that it is not', async () => {
    const { stderr, code } = await ge(['pause'], { GE_KEY: 'ge_operator_none' });
    expect([code, stderr]).toEqual([
      1,
      `ge: The fleet at ${gateway.baseUrl} does not know this key, or it is revoked.\n`,
    ]);
  });
});
