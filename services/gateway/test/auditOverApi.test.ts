import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { routes } from '@ge/api';
import {
  type Accepted,
  type AuditReport,
  auditOverApi,
  type Command,
  Journal,
  type RemoteAudit,
  takeBaselineOverApi,
} from '@ge/audit';
import { FeedEntity, newId, SellerEntity, startOperation } from '@ge/database';
import { type FeedId, type FeedState, queueFeed, type SellerId } from '@ge/domain';
import { sellerRow } from '@ge/testkit';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createTemplate, importSeller } from './sellers.ts';
import { startGateway, type TestGateway } from './startGateway.ts';

const sellerId = 'S-1' as SellerId;
let gateway: TestGateway;

beforeAll(async () => {
  gateway = await startGateway();
  await gateway.database.transaction((tx) => tx.insert(SellerEntity, [sellerRow(sellerId)]));
});
afterAll(() => gateway?.close());

const accepted = (
  operationId: string | null,
  command: Command = { kind: 'job', sellerId, name: 'test' },
): Accepted => ({
  answer: 'accepted',
  door: { by: 'api', idempotencyKey: null },
  operationId,
  commandNo: null,
  intendedAt: 1,
  sentAt: 1,
  answeredAt: 2,
  command,
});

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'ge-audit-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

async function audited(commands: readonly Accepted[], resolve?: RemoteAudit['resolve']): Promise<AuditReport> {
  const folder = newFolder();
  const journal = new Journal(join(folder, 'journal'));
  for (const command of commands) journal.add(command);
  journal.close();
  return auditOverApi({ client: gateway.operator, folder: journal.folder, ...(resolve && { resolve }) });
}

const closed = (of: SellerId | null = sellerId) =>
  gateway.database.transaction((tx) => startOperation(tx, { kind: 'test', sellerId: of, now: new Date() }, []));

const feedOf = async (state: FeedState, settledRows: number): Promise<Accepted> => {
  const id = newId<FeedId>('feed');
  const made = { id, sellerId, type: 'inventory-loader', commandNo: 1, documentId: newId('doc') } as const;
  const feed = { ...queueFeed(made as never, new Date()), state, settledRows, reportDocumentId: newId('doc') as never };
  await gateway.database.transaction((tx) => tx.insert(FeedEntity, [{ ...feed, operationId: null }]));
  return accepted(null, { kind: 'upload-feed', sellerId, feedId: id, rowCount: 7, rows: null });
};

describe('an audit over the public API', () => {
  it('passes what is closed and done, page by page, and says what the API does not show', async () => {
    const ids = await Promise.all(Array.from({ length: 450 }, () => closed()));
    const programme = accepted(await closed(null), { kind: 'suspend', destination: 'BR' });
    const report = await audited([...ids.map((id) => accepted(id)), programme, await feedOf('DONE', 7)]);
    expect(report).toMatchObject({
      ok: true,
      accepted: 452,
      terminalStates: { done: 452 },
      checked: { operations: 451 },
    });
    expect(report.unchecked.map(({ what }) => what)).toContain('charges');
  });

  it('names a command of which the fleet knows nothing, one that is open, and one that does not add up', async () => {
    const [open, uneven, gone] = [await closed(), await closed(), newId('op')];
    await gateway.database.query(`update operations set state = 'open', total = 1 where id = $1`, [open]);
    await gateway.database.query(`update operations set total = 2, done = 3 where id = $1`, [uneven]);
    const report = await audited([open, uneven, gone].map((id) => accepted(id)));
    const found = Object.fromEntries(report.findings.map(({ code, subject }) => [code, subject]));
    expect(found).toEqual({ 'command.open': open, 'command.miscounted': uneven, 'command.lost': gone });
  });

  it('names a feed that has not ended, or lost a row', async () => {
    const report = await audited([await feedOf('IN_PROGRESS', 7), await feedOf('DONE', 6)]);
    expect(report.findingsByCode).toEqual({ 'feed.missing': 2 });
  });

  it('names a label that is not there', async () => {
    const command: Command = { kind: 'buy-label', sellerId, orderId: 'O-1', labelId: 'lbl_none', confirms: true };
    expect((await audited([accepted(null, command)])).findingsByCode).toEqual({ 'label.missing': 1 });
  });

  it('names an operation with a message that was given up', async () => {
    const operation = await closed();
    await gateway.database.query('update operations set total = 1, failed = 1 where id = $1', [operation]);
    const report = await audited([accepted(operation)]);
    expect(report).toMatchObject({ terminalStates: { dead: 1 }, findingsByCode: { 'message.dead': 1 } });
  });

  it('names rows that are not as their commands leave them, by the sequential model and what the API shows', async () => {
    const { operator, database } = gateway;
    const { sellerId: imported } = await importSeller(operator);
    const ofSeller = { params: { sellerId: imported } };
    const [first, second] = [
      await createTemplate(operator, imported, 'One'),
      await createTemplate(operator, imported, 'Two'),
    ];
    const skus = ['K-1', 'K-2'].map((sku) => ({ sku: sku as never, template: { id: first } }));
    await operator.call(routes.skus.importSkus, { ...ofSeller, body: { skus } });
    const journal = new Journal(join(newFolder(), 'journal'));
    await takeBaselineOverApi(operator, journal.folder, [imported]);
    const items = [{ sku: 'K-1' as never, template: { id: second } }];
    const { operationId } = await operator.call(routes.skus.assignSkus, { ...ofSeller, body: { items } });
    journal.add(accepted(operationId, { kind: 'assign-skus', sellerId: imported, items }));
    journal.close();
    // Nobody carries it out here.
    await database.query(`update operations set state = 'closed', done = total where id = $1`, [operationId]);
    const report = await auditOverApi({ client: operator, folder: journal.folder });
    expect(report.findings).toMatchObject([
      { code: 'sku.differs', subject: `${imported} K-1`, expected: second, found: first },
    ]);
    expect(report.checked).toMatchObject({ templates: 2, skus: 2 });
    await database.query(`update skus set template_id = $1 where seller_id = $2 and sku = 'K-1'`, [second, imported]);
    expect(await auditOverApi({ client: operator, folder: journal.folder })).toMatchObject({ ok: true });
  });

  it('hears the answer that got lost by asking again under the same key; the command keeps its one number', async () => {
    const key = { idempotencyKey: 'answer-lost' };
    const ask = () => gateway.operator.call(routes.deactivation.deactivateAll, { params: { sellerId }, ...key });
    const { operationId } = await ask();
    const maybe: Accepted = {
      ...accepted(null, { kind: 'deactivate-all', sellerId }),
      answer: 'maybe',
      door: { by: 'api', ...key },
    };
    const report = await audited([maybe], async () => ({ outcome: 'accepted', answer: { ...(await ask()) } }));
    expect(report).toMatchObject({
      maybe: { accepted: 1 },
      findings: [{ code: 'command.open', subject: operationId }],
    });
    const operation = await gateway.operator.call(routes.operations.getOperation, { params: { operationId } });
    expect(operation.commandNo).toBe(1);
    expect((await audited([maybe])).maybe).toEqual({ accepted: 0, notAccepted: 0, unknown: 1 });
  });
});
