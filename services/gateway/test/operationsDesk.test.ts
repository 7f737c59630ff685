import { type Client, createClient, routes } from '@ge/api';
import { assignSkus, decidePayout } from '@ge/contracts';
import { appendMessages, outgoing, settleMessages, startOperation, takeMessages } from '@ge/database';
import type { OperatorRole, OrderId, SellerId } from '@ge/domain';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { refusedWith } from './refusedWith.ts';
import { importSeller } from './sellers.ts';
import { startGateway, type TestGateway } from './startGateway.ts';

let gateway: TestGateway;
let sellerId: SellerId;
const people = {} as Record<OperatorRole, { readonly client: Client; readonly keyId: string }>;

beforeAll(async () => {
  gateway = await startGateway();
  ({ sellerId } = (await importSeller(gateway.operator)) as { sellerId: SellerId });
  for (const role of ['viewer', 'operator', 'admin'] as const) {
    const client = await gateway.clientOf('operator', undefined, [], role);
    const [row] = await gateway.database.query<{ id: string }>(
      'select id from api_keys where role = $1 order by created_at desc, id desc limit 1',
      [role],
    );
    people[role] = { client, keyId: row!.id };
  }
});
afterAll(() => gateway?.close());
beforeEach(() => gateway.database.query('delete from messages'));

const viewer = () => people.viewer.client;
const operator = () => people.operator.client;
const admin = () => people.admin.client;

const change = () =>
  outgoing(assignSkus, {
    payload: { sellerId, commandNo: 1, items: [{ sku: 'K', template: { name: 'T' } }] },
    sellerId,
  });

async function owe(count: number): Promise<string> {
  return gateway.database.transaction((tx) =>
    startOperation(tx, { kind: 'test', sellerId, now: new Date() }, Array.from({ length: count }, change)),
  );
}

/** Buries everything that is owed, each for a reason of its own that is alike. */
async function buryAll(reason: string): Promise<number[]> {
  const rows = await gateway.database.query<{ id: string; gen: number }>('select id, gen from messages order by id');
  const pointers = rows.map((row) => ({ id: Number(row.id), gen: row.gen }));
  await gateway.database.transaction(async (tx) => {
    const { mine } = await takeMessages(tx, assignSkus.name, pointers);
    const settled = mine.map((message) => ({
      message,
      ending: { kind: 'dead', reason: `${reason} of row ${message.id}` } as const,
      followUps: [],
      progress: null,
    }));
    await settleMessages(tx, settled, new Date());
  });
  return pointers.map(({ id }) => id);
}

const audited = async (target: string) =>
  (await viewer().call(routes.audit.listAudit, { query: { target } })).items.map(
    ({ id: _, at: __, ...entry }) => entry,
  );

describe('pauses', () => {
  const target = { queue: 'label-purchase', sellerId: '*' };

  it('are set and lifted by operators, seen by viewers, and each change is written down with who and why', async () => {
    const set = await operator().call(routes.pauses.setPause, {
      body: { queue: 'label-purchase', reason: 'carrier under repair' },
    });
    expect(set).toMatchObject({ ...target, reason: 'carrier under repair' });
    expect((await viewer().call(routes.pauses.listPauses)).items).toEqual([set]);
    expect(await operator().call(routes.pauses.liftPause, { params: target })).toEqual(set);
    expect((await viewer().call(routes.pauses.listPauses)).items).toEqual([]);
    const by = { actor: people.operator.keyId, role: 'operator', target: 'label-purchase/*' };
    const state = { reason: 'carrier under repair', createdAt: set.createdAt.toISOString() };
    expect(await audited('label-purchase/*')).toEqual([
      { ...by, action: 'pause.lift', before: state, after: null, reason: null },
      { ...by, action: 'pause.set', before: null, after: state, reason: 'carrier under repair' },
    ]);
  });

  it('take a reason and a queue that exists; what is not paused cannot be lifted; viewers change nothing', async () => {
    const set = (client: Client, body: object) =>
      refusedWith(client.call(routes.pauses.setPause, { body: body as never }));
    expect((await set(operator(), { queue: 'label-purchase' })).errors[0]?.field).toBe('/reason');
    expect((await set(operator(), { queue: 'lable-purchase', reason: 'x' })).errors[0]?.field).toBe('/queue');
    expect((await set(viewer(), { reason: 'x' })).code).toBe('http.forbidden');
    const lift = operator().call(routes.pauses.liftPause, { params: { queue: '*', sellerId: 'S-none' } });
    expect((await refusedWith(lift)).code).toBe('http.not_found');
  });

  it('page by page, whatever a seller is called', async () => {
    for (const id of ['a/b', 'c', 'd'])
      await operator().call(routes.pauses.setPause, { body: { sellerId: id, reason: 'x' } });
    const first = await viewer().call(routes.pauses.listPauses, { query: { limit: 1 } });
    const rest = await viewer().call(routes.pauses.listPauses, { query: { cursor: first.nextCursor! } });
    expect([...first.items, ...rest.items].map((pause) => pause.sellerId)).toEqual(['a/b', 'c', 'd']);
    for (const id of ['a/b', 'c', 'd'])
      await operator().call(routes.pauses.liftPause, { params: { queue: '*', sellerId: id } });
  });
});

describe('the backlog', () => {
  it('is shown by queue and seller, and only an admin cancels it, after a dry run that changes nothing', async () => {
    const operationId = await owe(3);
    const payout = { payload: { sellerId, orderId: '1' as OrderId }, sellerId };
    await gateway.database.transaction((tx) => appendMessages(tx, [outgoing(decidePayout, payout)]));
    const listed = await viewer().call(routes.backlog.listBacklog, { query: { sellerId } });
    expect(listed.items).toMatchObject([
      { queue: 'label-purchase', sellerId, ready: 1, later: 0 },
      { queue: 'sku-assignment', sellerId, ready: 3, later: 0 },
    ]);
    const body = { sellerId, reason: 'wrong file' };
    const forbidden = operator().call(routes.backlog.cancelBacklog, { body });
    expect((await refusedWith(forbidden)).code).toBe('http.forbidden');
    const jobs = [
      { queue: 'sku-assignment', name: 'assign-skus', cancelled: 3, kept: {} },
      { queue: 'label-purchase', name: 'decide-payout', cancelled: 0, kept: { always_carried_out: 1 } },
    ];
    const dry = await admin().call(routes.backlog.cancelBacklog, { body });
    expect(dry).toEqual({ dryRun: true, jobs, isMore: false });
    expect(await gateway.database.query('select id from messages where cancel_reason is not null')).toEqual([]);
    const real = await admin().call(routes.backlog.cancelBacklog, { body: { ...body, dryRun: false } });
    expect(real).toEqual({ dryRun: false, jobs, isMore: false });
    expect(await audited(`*/${sellerId}`)).toEqual([
      {
        actor: people.admin.keyId,
        role: 'admin',
        action: 'backlog.cancel',
        target: `*/${sellerId}`,
        before: null,
        after: jobs,
        reason: 'wrong file',
      },
    ]);
    const why = await viewer().call(routes.why.askWhy, { query: { id: operationId } });
    expect(why.messages[0]!.reasons[0]!).toMatchObject({ code: 'message.cancelled' });
  });
});

describe('dead messages', () => {
  const groups = async () => (await viewer().call(routes.deadMessages.listDeadGroups)).items;

  it('are grouped and listed for viewers; a dry run says what a redrive would do', async () => {
    await owe(3);
    const ids = await buryAll('a defect');
    const [group, ...others] = await groups();
    expect(others).toEqual([]);
    expect(group).toMatchObject({
      queue: 'sku-assignment',
      name: 'assign-skus',
      messages: 3,
      sellers: 1,
      sampleId: ids[2],
    });
    const query = { fingerprint: group!.fingerprint, limit: 2 };
    const first = await viewer().call(routes.deadMessages.listDeadMessages, { query });
    const rest = await viewer().call(routes.deadMessages.listDeadMessages, {
      query: { ...query, cursor: first.nextCursor! },
    });
    expect([...first.items, ...rest.items].map(({ id }) => id)).toEqual(ids);
    const body = { fingerprint: group!.fingerprint, perSecond: 1 };
    const dry = await operator().call(routes.deadMessages.redriveDeadMessages, { body });
    expect(dry).toMatchObject({ dryRun: true, messages: 3, sellers: 1, operations: 1, left: 0 });
    expect((await groups())[0]!.messages).toBe(3);
  });

  it('are redriven one by one by operators and in groups by admins only, with a reason that is written down', async () => {
    const operationId = await owe(3);
    const ids = await buryAll('another defect');
    const { fingerprint } = (await groups())[0]!;
    const redrive = (client: Client, body: object) =>
      client.call(routes.deadMessages.redriveDeadMessages, { body: { dryRun: false, ...body } as never });
    const group = { fingerprint, reason: 'repaired' };
    expect((await refusedWith(redrive(admin(), { fingerprint }))).errors[0]?.field).toBe('/reason');
    expect((await refusedWith(redrive(operator(), group))).code).toBe('http.forbidden');
    expect((await refusedWith(redrive(viewer(), { ids: [ids[0]], reason: 'x' }))).code).toBe('http.forbidden');
    expect((await groups())[0]!.messages).toBe(3);
    expect(await redrive(operator(), { ids: [ids[0]], reason: 'try one' })).toMatchObject({ messages: 1 });
    expect(await redrive(admin(), group)).toMatchObject({ messages: 2, operations: 1 });
    expect(await groups()).toEqual([]);
    const operation = await viewer().call(routes.operations.getOperation, { params: { operationId } });
    expect(operation).toMatchObject({ state: 'open', failed: 0 });
    expect(await audited(`dead/${fingerprint}`)).toMatchObject([
      { actor: people.admin.keyId, action: 'messages.redrive', reason: 'repaired', after: { messages: 2 } },
    ]);
    const { message, history } = await viewer().call(routes.messages.getMessage, { params: { messageId: ids[0]! } });
    const never = viewer().call(routes.messages.getMessage, { params: { messageId: 999_999_999 } });
    expect((await refusedWith(never)).code).toBe('http.not_found');
    expect(message).toMatchObject({ jobId: `${ids[0]}-2`, state: 'ready', attempts: 0 });
    expect(history.map(({ outcome, reason }) => [outcome, reason])).toEqual([
      ['dead', `another defect of row ${ids[0]}`],
      ['redriven', 'try one'],
    ]);
  });
});

describe('why', () => {
  it('answers in the language of the request, and not at all for what does not exist', async () => {
    await owe(1);
    const [id] = await buryAll('a defect');
    const ask = (client: Client) => client.call(routes.why.askWhy, { query: { id: String(id) } });
    const english = await ask(viewer());
    expect(english).toMatchObject({
      kind: 'message',
      state: 'dead',
      sellerId,
      related: [{ kind: 'operation', state: null }],
    });
    expect(english.reasons[0]!.message).toBe(`It was given up after 0 failed attempts: a defect of row ${id}`);
    const chinese = await ask(createClient({ baseUrl: gateway.baseUrl, apiKey: gateway.operatorKey, locale: 'zh-CN' }));
    expect(chinese.reasons[0]!.message).toMatch(/被放弃/);
    expect((await refusedWith(viewer().call(routes.why.askWhy, { query: { id: 'op_none' } }))).code).toBe(
      'http.not_found',
    );
    const seller = await gateway.clientOf('seller', sellerId);
    expect((await refusedWith(ask(seller))).code).toBe('http.forbidden');
  });
});
