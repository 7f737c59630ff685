import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { routes } from '@ge/api';
import type { LabelId } from '@ge/domain';
import { eventually } from '@ge/testkit';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { askAtExpress, buyItems } from './buyItems.ts';
import { chargedBeside, refusedReclaim } from './chargedBeside.ts';
import { tradeDesk } from './tradeDesk.ts';

const launcher = fileURLToPath(new URL('../../../packages/cli/src/main.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'ge-labels-'));
const desk = tradeDesk();
beforeAll(() => desk.open());
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await desk.close();
});
beforeEach(() => desk.nextShop());

interface Said {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs one command of `./ge label` against the gateway. */
const ge = (...args: readonly string[]): Promise<Said> =>
  new Promise((resolve) => {
    const { baseUrl, operatorKey } = desk.gateway;
    const env = { PATH: process.env.PATH, GE_URL: baseUrl, GE_KEY: operatorKey };
    execFile(process.execPath, [launcher, 'label', ...args], { env, cwd: folder }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
    );
  });

function putTable(orderIds: readonly string[], weights: readonly number[] = []): string {
  const rows = orderIds.map((id, at) => `${id},${weights[at] ?? 800},300,200,100,L1:1`);
  const path = join(folder, 'parcels.csv');
  writeFileSync(path, ['order-id,weight-grams,length-mm,width-mm,height-mm,contents', ...rows].join('\n'));
  return path;
}

const batchIn = ({ stdout }: Said): string => /lbb_\w+/.exec(stdout)![0];

test('a table is sent, followed to its end and printed; sent again, it is the same batch', async () => {
  const file = putTable([await desk.newOrder(), await desk.newOrder()], [800, 0]);
  const submit = ['batch', 'submit', file, '--seller', desk.shop.sellerId];
  const following = ge(...submit);
  const batchId = await eventually('the batch is taken', async () => {
    const [batch] = await desk.gateway.database.query<{ id: string }>(
      'select id from label_batches where seller_id = $1',
      [desk.shop.sellerId],
    );
    return batch?.id;
  });
  await buyItems(desk, batchId, ['TRACK']);
  const told = await following;
  expect(told.code).toBe(1);
  expect(told.stderr).toContain(`parcels.csv: 2 parcels\nlabel batch ${batchId}: taken\n`);
  expect(told.stdout).toContain(`label batch ${batchId}: closed`);
  expect(told.stdout).toContain('2 parcels = 1 bought + 1 refused\n  charged 10.00 USD');
  expect(told.stdout).toMatch(/^3 +\S+ +\/parcel\/weightGrams +R17 +parcel\.weight_invalid +Weigh the packed parcel/m);
  const again = await ge(...submit, '--no-follow', '--json');
  expect(again.stderr).toContain('is not bought twice (--again would)');
  expect(JSON.parse(again.stdout)).toMatchObject({
    ok: false,
    batch: { id: batchId, counts: { bought: 1 } },
    refused: [{ itemNo: 1, field: '/parcel/weightGrams', code: 'parcel.weight_invalid', rule: 'R17' }],
  });
  expect(await ge('batch', 'print', batchId, '-o', 'all.pdf')).toMatchObject({
    code: 0,
    stderr: '1 label: all.pdf\n',
  });
  expect(readFileSync(join(folder, 'all.pdf')).subarray(0, 5).toString()).toBe('%PDF-');
});

test('all or nothing: the rows that stand in the way are told, and nothing is taken', async () => {
  const file = putTable([await desk.newOrder(), '114-9999999-9999999']);
  const told = await ge('batch', 'submit', file, '--seller', desk.shop.sellerId, '--all-or-nothing');
  expect(told.code).toBe(1);
  expect(told.stdout).toMatch(/^3 +114-9999999-9999999 +\/orderId +R18 +order\.unknown/m);
  expect(told.stderr).toMatch(/ge: 1 items of the batch are refused, and all or nothing was asked for/);
});

test('a batch is paused, goes on and is cancelled', async () => {
  const file = putTable([await desk.newOrder()]);
  const sent = await ge('batch', 'submit', file, '--seller', desk.shop.sellerId, '--no-follow');
  expect(sent.code).toBe(0);
  const batchId = batchIn(sent);
  expect((await ge('batch', 'pause', batchId)).stdout).toContain(`label batch ${batchId}: paused`);
  expect((await ge('batch', 'resume', batchId)).stdout).toContain(`label batch ${batchId}: open`);
  expect(await ge('batch', 'cancel', batchId)).toMatchObject({ code: 0 });
  const status = await ge('batch', 'status', batchId, '--follow', '--json');
  expect(status.code).toBe(1);
  expect(JSON.parse(status.stdout)).toMatchObject({
    ok: false,
    batch: { state: 'cancelled', counts: { cancelled: 1 } },
  });
  expect((await ge('batch', 'pause', batchId)).stderr).toMatch(/^ge: The rest of the batch was cancelled\./);
  expect(await ge('batch', 'status', 'lbb_none')).toEqual({
    code: 1,
    stdout: '',
    stderr: 'ge: There is no label batch lbb_none. `ge label batch list --seller …` shows those of a seller.\n',
  });
});

test('a batch says in words which carrier it waits for, and why', async () => {
  const file = putTable([await desk.newOrder(), await desk.newOrder()]);
  const batchId = batchIn(await ge('batch', 'submit', file, '--seller', desk.shop.sellerId, '--no-follow'));
  await askAtExpress(desk, batchId, 2);
  const setBreaker = (body: { state: 'closed' } | { state: 'open'; reason: string }) =>
    desk.gateway.operator.call(routes.carriers.setBreaker, { params: { carrierId: 'simulator-express' }, body });
  await setBreaker({ state: 'open', reason: 'prices wrong' });
  const { stdout } = await ge('batch', 'status', batchId);
  await setBreaker({ state: 'closed' });
  expect(stdout).toContain('\n  simulator-express is stopped by hand: 2 labels wait to be sent there\n');
  expect((await ge('batch', 'status', batchId)).stdout).not.toContain('simulator-express');
});

test('a label is shown, listed and printed; its void is asked for; a parked one is listed and resolved', async () => {
  const file = putTable([await desk.newOrder(), await desk.newOrder()]);
  const batchId = batchIn(await ge('batch', 'submit', file, '--seller', desk.shop.sellerId, '--no-follow'));
  await buyItems(desk, batchId, ['SHOWN', 'PARKED']);
  const shown = await ge('show', 'lbl_SHOWN');
  expect(shown).toMatchObject({ code: 0, stderr: '' });
  expect(shown.stdout).toMatch(/^label lbl_SHOWN: purchased\n.*charged 10\.00 USD \(agreed .*tracking id SHOWN\n$/s);
  const [orderId] = / order (\S+),/.exec(shown.stdout)!.slice(1);
  expect((await ge('list', orderId!)).stdout).toMatch(/^lbl_SHOWN +.* purchased /m);
  expect(await ge('print', 'lbl_SHOWN')).toMatchObject({ code: 0, stderr: 'The label: lbl_SHOWN.pdf\n' });
  expect(readFileSync(join(folder, 'lbl_SHOWN.pdf')).subarray(0, 5).toString()).toBe('%PDF-');
  const boughtAt = new Date();
  await desk.change('lbl_SHOWN' as LabelId, { createdAt: boughtAt, sentAt: boughtAt, endedAt: boughtAt });
  const voiding = await ge('void', 'lbl_SHOWN', '--no-follow');
  expect(voiding).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('label lbl_SHOWN: voiding') });
  await desk.change('lbl_PARKED' as LabelId, { state: 'parked', reason: 'look_ups_exhausted', charge: null });
  expect((await ge('parked')).stdout).toMatch(/^lbl_PARKED +/m);
  expect(await ge('resolve', 'lbl_PARKED', '--found', 'not-bought')).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('label lbl_PARKED: refused'),
  });
});

test('what a carrier refused to give back is listed, and asked for once more, once', async () => {
  const carrier = 'simulator-express';
  expect(await ge('reclaims', carrier)).toMatchObject({
    code: 0,
    stdout: `Nothing that ${carrier} charged beside labels is refused.\n`,
  });
  const labelId = await desk.bought('BESIDE');
  await chargedBeside(desk, labelId, 'shp-beside', refusedReclaim);
  const listed = await ge('reclaims', carrier);
  expect(listed.stdout).toMatch(new RegExp(`^shp-beside +${labelId} +10\\.00 USD .*The carrier never answered`, 'm'));
  const again = ['reclaim', carrier, 'shp-beside', '--reason', 'they mended it'];
  expect(await ge(...again)).toMatchObject({
    code: 0,
    stdout: `${carrier} will be asked for 10.00 USD of shipment shp-beside again.\n`,
  });
  expect(await ge(...again)).toMatchObject({ code: 1, stdout: '' });
  expect(JSON.parse((await ge('reclaims', carrier, '--state', 'requested', '--json')).stdout).items).toMatchObject([
    { shipmentRef: 'shp-beside', labelId },
  ]);
});
