import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ServiceProcess, startService, type TestDatabase, testDatabase, testSpace } from '@ge/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type StartedGe, startGe } from '../../packages/cli/test/started-ge.ts';

const operatorKey = 'an-operator-key-for-tests-0123456789';
const seller = 'S-FILES';
const space = testSpace();
const folder = mkdtempSync(join(tmpdir(), 'ge-feeds-'));
const running: ServiceProcess[] = [];
let db: TestDatabase;
let baseUrl: string;

const start = async (name: string, env: Readonly<Record<string, string>> = {}): Promise<ServiceProcess> => {
  const service = await startService(name, { databaseUrl: db.url, space, env });
  running.push(service);
  return service;
};
const carrier = { CARRIER_URL: 'http://127.0.0.1:1', CARRIER_API_KEY: 'none-is-called' };

const call = async (method: string, path: string, body: object): Promise<void> => {
  const headers = { authorization: `Bearer ${operatorKey}`, 'content-type': 'application/json' };
  const answer = await fetch(`${baseUrl}${path}`, { method, headers, body: JSON.stringify(body) });
  expect(answer.ok, await answer.text()).toBe(true);
};

beforeAll(async () => {
  db = await testDatabase();
  const asGateway = { ...carrier, PORT: '0', OPERATOR_KEY: operatorKey, ENROLLMENT_SECRETS: 's'.repeat(32) };
  const gateway = await start('gateway', asGateway);
  baseUrl = `http://127.0.0.1:${gateway.log.find(({ msg }) => msg === 'listening')!.port}`;
  const address = {
    ...{ name: 'Old Mill Tea', line1: '410 Terry Ave N', city: 'Seattle' },
    ...{ state: 'WA', postalCode: '98109', country: 'US' },
  };
  const shop = { sellerId: seller, marketplaceId: 'US', country: 'US', name: 'Old Mill Tea', email: 'tea@example.com' };
  const place = { locale: 'en-US', addresses: [address], generalAddress: 0 };
  await call('POST', '/v1/sellers', { sellers: [{ ...shop, ...place }] });
  for (const name of ['Small parcels', 'Large parcels'])
    await call('POST', `/v1/sellers/${seller}/templates`, { name });
  const skus = Array.from({ length: 500 }, (_, at) => ({ sku: `TEA-${at}` }));
  await call('PUT', `/v1/sellers/${seller}/skus`, { skus });
});

afterAll(async () => {
  await Promise.all(running.map((service) => service.stop()));
  await db.drop();
  rmSync(folder, { recursive: true, force: true });
});

const feed = (...args: string[]): StartedGe =>
  startGe(['feed', ...args], undefined, { GE_URL: baseUrl, GE_KEY: operatorKey });

const told = async (...args: string[]): Promise<{ code: number | null; out: string }> => {
  const started = feed(...args);
  return { code: await started.ended, out: started.output() };
};

/** A table that moves so many SKUs, and names one that the seller does not have where it is told to. */
function file(name: string, rows: number, template: string, unknown = false): string {
  const lines = Array.from({ length: rows }, (_, at) => `TEA-${at}\t${template}`);
  const table = ['sku\tmerchant_shipping_group_name', ...lines, ...(unknown ? [`NO-1\t${template}`] : [])];
  writeFileSync(join(folder, name), `${table.join('\n')}\n`);
  return join(folder, name);
}

test('what cannot be sent is said in one line with exit code 2, with --json as an object too', async () => {
  const fine = file('fine.txt', 1, 'Small parcels');
  writeFileSync(join(folder, 'price.xml'), '<AmazonEnvelope><MessageType>Price</MessageType></AmazonEnvelope>');
  for (const [args, said] of [
    [[join(folder, 'none.txt'), '--seller', seller], /There is no file .*none\.txt\./],
    [[join(folder, 'price.xml'), '--seller', seller], /the MessageType Price: name its type with --type/],
    [[fine, '--seller', seller, '--type', 'nope'], /Allowed choices are inventory-loader/],
    [[fine, '--seller', 'S-NOBODY'], /There is no seller S-NOBODY\./],
    [[fine, '--seller', seller, '--report', join(folder, 'no/such/report.txt')], /There is no folder/],
  ] as const) {
    const { code, out } = await told('submit', ...args, '--json');
    expect(code, out).toBe(2);
    expect(JSON.parse(out)).toMatchObject({ ok: false, error: expect.stringMatching(said) });
  }
  expect(await told('list', '--seller', 'S-NOBODY')).toEqual({ code: 2, out: '' });
  expect(await told('status', 'feed_none')).toEqual({ code: 1, out: '' });
});

test('Ctrl-C ends the waiting and not the feed; before it starts it may be cancelled, once (R15)', async () => {
  const path = file('waiting.txt', 3, 'Large parcels');
  const waiting = feed('submit', path, '--seller', seller);
  await waiting.saying('IN_QUEUE');
  waiting.ctrlC();
  expect(await waiting.ended).toBe(130);
  await expect(waiting.saying('the feed goes on: ge feed status feed_')).resolves.toBeUndefined();

  const { items } = JSON.parse((await told('list', '--seller', seller, '--json')).out);
  expect(items).toMatchObject([{ state: 'IN_QUEUE', type: 'inventory-loader' }]);
  const [{ id }] = items;
  const early = await told('report', id, '--json');
  expect([early.code, JSON.parse(early.out).error]).toEqual([1, expect.stringContaining('goes on still (IN_QUEUE)')]);
  const cancelled = await told('cancel', id, '--json');
  expect(JSON.parse(cancelled.out)).toMatchObject({ ok: true, feed: { id, state: 'CANCELLED' } });
  expect((await told('cancel', id)).code).toBe(1);
  expect((await told('status', id)).out).toContain(`feed ${id}: CANCELLED`);
  expect((await told('list', '--seller', seller, '--state', 'DONE')).out).toContain('has no feed that is DONE');
});

test('a file is sent once, told row by row what became of it, and its report comes in every format (R15)', async () => {
  await Promise.all([start('relay'), start('sku-assignment')]);
  const good = file('good.txt', 500, 'Large parcels');
  const first = await told('submit', good, '--seller', seller);
  expect(first.code, first.out).toBe(0);
  expect(first.out).toContain(
    '500 processed = 500 applied + 0 unchanged + 0 superseded + 0 rejected + 0 not attempted',
  );

  const report = join(folder, 'report.json');
  const bad = file('bad.tsv', 20, 'Small parcels', true);
  const mixed = await told('submit', bad, '--seller', seller, '--no-gzip', '--report', report, '--json');
  expect(mixed.code, mixed.out).toBe(1);
  const answer = JSON.parse(mixed.out);
  expect(answer).toMatchObject({
    ok: false,
    feed: { state: 'DONE', counts: { processed: 21, applied: 20, rejected: 1 } },
    findings: [{ sku: 'NO-1', code: 'sku.unknown', severity: 'ERROR' }],
    report,
  });
  expect(JSON.parse(readFileSync(report, 'utf8')).summary).toMatchObject({ messagesProcessed: 21, errors: 1 });

  const { id } = answer.feed;
  const again = feed('submit', bad, '--seller', seller, '--type', 'inventory-loader');
  expect(await again.ended).toBe(1);
  expect(again.output()).toMatch(/NO-1 +error +sku\.unknown/);
  await again.saying(`feed ${id}: this file was sent before`);
  const anew = await told('submit', bad, '--seller', seller, '--again', '--no-wait', '--json');
  expect(JSON.parse(anew.out)).toMatchObject({ ok: true, wasSentBefore: false });
  expect(JSON.parse(anew.out).feed.id).not.toBe(id);
  const follow = await told('status', JSON.parse(anew.out).feed.id, '--follow', '--json');
  expect(JSON.parse(follow.out)).toMatchObject({ ok: false, feed: { counts: { unchanged: 20, rejected: 1 } } });

  for (const [format, holds] of [
    ['tab', /^21?\d*\tNO-1\tsku\.unknown/m],
    ['xml', /<ProcessingReport>/],
    ['json', /"messagesProcessed":21/],
  ] as const)
    expect((await told('report', id, '--format', format, '--language', 'zh-CN')).out).toMatch(holds);
  const renamed = file('renamed.tsv', 20, 'Small parcels', true);
  const refused = await told('submit', renamed, '--seller', seller, '--json');
  expect([refused.code, JSON.parse(refused.out).error]).toEqual([1, expect.stringContaining('under another name')]);
  expect((await told('list', '--seller', seller)).out.trim().split('\n')).toHaveLength(6);
});

test('errors are told before warnings, however many of these come first', async () => {
  const rows = [...Array.from({ length: 15 }, () => 'TEA-7'), 'NO-2'].map((sku) => `${sku}\tSmall parcels`);
  const path = join(folder, 'twice.txt');
  writeFileSync(path, ['sku\tmerchant_shipping_group_name', ...rows].join('\n'));
  const { code, out } = await told('submit', path, '--seller', seller, '--json');
  expect(code, out).toBe(1);
  const { feed: ended, findings } = JSON.parse(out);
  expect(ended.counts).toMatchObject({ superseded: 14, rejected: 1 });
  expect(findings.map(({ severity }: { severity: string }) => severity)).toEqual([
    'ERROR',
    ...Array(9).fill('WARNING'),
  ]);
});

test('a file can be tried out before it is sent, and taken back afterwards but for what was changed since (R15)', async () => {
  const templateOf = async (sku: string) => {
    const [row] = await db.database.query<{ name: string }>(
      'select t.name from skus s join shipping_templates t on t.id = s.template_id where s.sku = $1',
      [sku],
    );
    return row!.name;
  };
  const counted = async (...args: string[]) => {
    const { code, out } = await told(...args, '--json');
    const { feed: ended } = JSON.parse(out);
    return { code, id: ended.id as string, counts: ended.counts as object, dryRun: ended.dryRun as boolean };
  };
  const path = file('tried.txt', 3, 'Small parcels');
  await counted('submit', file('before.txt', 3, 'Large parcels'), '--seller', seller, '--again');
  for (const _ of ['first', 'second'])
    expect(await counted('dry-run', path, '--seller', seller)).toMatchObject({
      ...{ code: 0, dryRun: true, counts: { processed: 3, applied: 3 } },
    });
  expect(await templateOf('TEA-0')).toBe('Large parcels');
  const { id } = await counted('submit', path, '--seller', seller);
  await counted('submit', file('since.txt', 1, 'Small parcels'), '--seller', seller);
  const conflicts = { code: 1, counts: { processed: 3, applied: 2, rejected: 1 } };
  expect(await counted('revert', id, '--dry-run')).toMatchObject({ ...conflicts, dryRun: true });
  expect(await templateOf('TEA-1')).toBe('Small parcels');
  const reverted = await told('revert', id);
  expect(reverted.out).toMatch(/TEA-0 +error +feed\.changed_since/);
  expect([await templateOf('TEA-0'), await templateOf('TEA-1'), await templateOf('TEA-2')]).toEqual([
    ...['Small parcels', 'Large parcels', 'Large parcels'],
  ]);
  expect((await told('revert', 'feed_none')).code).toBe(1);
});
