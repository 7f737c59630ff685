import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type AuditReport, auditFleet } from '@ge/audit';
import { runFolder, type TestDatabase, testDatabase, testSpace } from '@ge/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { wavesOf } from './scene/command.ts';
import { drawn } from './scene/random.ts';
import { openScene, type Scene } from './scene/scene.ts';
import { seed } from './scene/seed.ts';

const size = { sellers: 4, guests: 2, waves: 2 };

let db: TestDatabase;
let scene: Scene;
let folder: Awaited<ReturnType<typeof runFolder>>;
let book: string;

beforeAll(async () => {
  db = await testDatabase();
  folder = await runFolder();
  book = join(folder.path, 'carriers.db');
  const stores = { database: db.database, databaseUrl: db.url, space: testSpace() };
  scene = await openScene(stores, size, { journal: join(folder.path, 'journal'), carriersBook: book });
  await scene.fleet.startAll();
  for (const commands of drawn(wavesOf(size))) await scene.accept(commands);
  await scene.drained();
  await scene.fleet.close();
  scene.journal!.close();
}, 200_000);

afterAll(async () => {
  await scene?.close();
  await db?.drop();
  folder?.discard();
});

const audited = (mayDie = false): Promise<AuditReport> =>
  auditFleet({
    database: db.database,
    folder: join(folder.path, 'journal'),
    ledger: { ...scene.carriersBook, after: 0 },
    now: new Date(),
    mayDie,
  });

test('a fleet that did what it accepted passes, and everything was looked at', async () => {
  const report = await audited();
  expect(report, `GE_SEED=${seed}`).toMatchObject({ ok: true, findings: [], unchecked: [] });
  expect(report.terminalStates).toEqual({ done: report.accepted });
  const { operations, templates, skus, orders, feeds, labels, charges, mails } = report.checked;
  expect({ labels, charges, templates, skus }).toEqual({ labels: 16, charges: 16, templates: 36, skus: 48 });
  expect(operations).toBe(report.accepted);
  expect(Math.min(orders!, feeds!, mails!)).toBeGreaterThan(0);
});

/** What goes wrong, as statements on one row, with what takes it back; and what the audit has to call it. */
const wrongs: readonly (readonly [what: string, code: string, harm: string, mend: string])[] = [
  [
    'an assignment that was lost',
    'sku.differs',
    `update skus set template_command_no = template_command_no + 1000 where sku = 'S-000-K1'`,
    `update skus set template_command_no = template_command_no - 1000 where sku = 'S-000-K1'`,
  ],
  [
    'a SKU that an older command has put elsewhere',
    'sku.differs',
    `update skus set title = template_id, template_id = case template_id when 'S-001-T8' then 'S-001-T7' else 'S-001-T8' end
      where sku = 'S-001-K2'`,
    `update skus set template_id = title, title = 'Product ' || sku where title like 'S-001-T%'`,
  ],
  [
    'a template that an older activation has enabled again',
    'template.differs',
    `update shipping_templates set ge_command_no = ge_command_no - 1 where id = 'S-000-T1'`,
    `update shipping_templates set ge_command_no = ge_command_no + 1 where id = 'S-000-T1'`,
  ],
  [
    'a region setting whose fan-out left one template out',
    'template.differs',
    `update shipping_templates set applied_setting_version = applied_setting_version - 1 where id = 'S-002-T5'`,
    `update shipping_templates set applied_setting_version = applied_setting_version + 1 where id = 'S-002-T5'`,
  ],
  [
    'an enrollment that never ended',
    'enrollment.differs',
    `update enrollments set state = 'propagating/' || state where seller_id = 'S-000'`,
    `update enrollments set state = split_part(state, '/', 2) where seller_id = 'S-000'`,
  ],
  [
    'an order that its label did not confirm',
    'order.differs',
    `update orders set state = 'pending' where id = '111-0000000-0000002'`,
    `update orders set state = 'confirmed' where id = '111-0000000-0000002'`,
  ],
  [
    'a feed without its report',
    'feed.missing',
    `update feeds set report_document_id = null, fatal_code = report_document_id
      where id = (select min(id) from feeds where report_document_id is not null)`,
    `update feeds set report_document_id = fatal_code, fatal_code = null where fatal_code like 'doc%'`,
  ],
  [
    'a mail that was never sent',
    'mail.missing',
    `update mails set state = 'requested' where kind = 'invitation' and seller_id = 'G-000'`,
    `update mails set state = 'accepted' where kind = 'invitation' and seller_id = 'G-000'`,
  ],
  [
    'a mail that nobody owed',
    'mail.doubled',
    `insert into mails select (jsonb_populate_record(m, '{"id": "mail_twice"}')).* from mails m where m.id = (select min(id) from mails)`,
    `delete from mails where id = 'mail_twice'`,
  ],
  [
    'a label whose outcome is unknown',
    'label.open',
    `update label_purchases set state = 'unknown' where order_id = '111-0000001-0000001'`,
    `update label_purchases set state = 'purchased' where order_id = '111-0000001-0000001'`,
  ],
  [
    'a label that cannot be printed',
    'label.missing',
    `update label_purchases set reason = document_id, document_id = null where order_id = '111-0000001-0000001'`,
    `update label_purchases set document_id = reason, reason = null where order_id = '111-0000001-0000001'`,
  ],
  [
    'a label that the carrier never charged',
    'charge.missing',
    `update label_purchases set idempotency_key = idempotency_key || '-other' where order_id = '111-0000001-0000001'`,
    `update label_purchases set idempotency_key = replace(idempotency_key, '-other', '') where order_id = '111-0000001-0000001'`,
  ],
  [
    'a charge for a label that nobody has',
    'charge.unowed',
    `update label_purchases set idempotency_key = idempotency_key || '-other' where order_id = '111-0000001-0000001'`,
    `update label_purchases set idempotency_key = replace(idempotency_key, '-other', '') where order_id = '111-0000001-0000001'`,
  ],
  [
    'a charge of another amount',
    'charge.amount_differs',
    `update label_purchases set charge = jsonb_set(charge, '{minor}', to_jsonb((charge->>'minor')::int + 1)) where order_id = '111-0000001-0000001'`,
    `update label_purchases set charge = jsonb_set(charge, '{minor}', to_jsonb((charge->>'minor')::int - 1)) where order_id = '111-0000001-0000001'`,
  ],
  [
    'a label voided here and not at the carrier',
    'charge.void_differs',
    `update label_purchases set state = 'voided' where order_id = '111-0000001-0000001'`,
    `update label_purchases set state = 'purchased' where order_id = '111-0000001-0000001'`,
  ],
  [
    'a command of which nothing is known',
    'command.lost',
    `update operations set id = 'gone ' || id where id = (select min(id) from operations)`,
    `update operations set id = substr(id, 6) where id like 'gone %'`,
  ],
  [
    'a command that is not closed',
    'command.open',
    `update operations set state = 'open' where id = (select max(id) from operations)`,
    `update operations set state = 'closed' where id = (select max(id) from operations)`,
  ],
  [
    'an operation that counts one message twice',
    'command.miscounted',
    `update operations set done = done + 1 where id = (select max(id) from operations)`,
    `update operations set done = done - 1 where id = (select max(id) from operations)`,
  ],
  [
    'a follow-up that was lost',
    'message.vanished',
    `update operations set total = total + 1, done = done + 1 where id = (select max(id) from operations)`,
    `update operations set total = total - 1, done = done - 1 where id = (select max(id) from operations)`,
  ],
  [
    'a message that ended twice',
    'message.ended_twice',
    `insert into message_log (day, message_id, queue, name, seller_id, outcome, attempts, at)
     select day, message_id, queue, name, 'twice', outcome, attempts, at from message_log where id = (select min(id) from message_log)`,
    `delete from message_log where seller_id = 'twice'`,
  ],
  [
    'a message that is still owed',
    'message.owed',
    `insert into messages (queue, name, seller_id, payload) values ('sku-assignment', 'assign-skus', 'owed', '{}')`,
    `delete from messages where seller_id = 'owed'`,
  ],
  [
    'a message that was given up',
    'message.dead',
    `insert into messages (queue, name, seller_id, payload, state) values ('sku-assignment', 'assign-skus', 'dead', '{}', 'dead')`,
    `delete from messages where seller_id = 'dead'`,
  ],
];

test.for(wrongs)('the audit finds and names %s', async ([, code, harm, mend]) => {
  const harmed = await db.database.query(`${harm} returning 1`);
  expect(harmed.length).toBeGreaterThan(0);
  try {
    const report = await audited();
    expect(report.ok).toBe(false);
    expect(Object.keys(report.findingsByCode)).toContain(code);
  } finally {
    await db.database.query(mend);
  }
  expect(await audited()).toMatchObject({ ok: true, findings: [] });
});

test('a load that was meant to kill messages leaves dead ones, and nothing is amiss', async () => {
  await db.database.query(
    `insert into messages (queue, name, seller_id, payload, state) values ('sku-assignment', 'assign-skus', 'dead', '{}', 'dead')`,
  );
  expect(await audited(true)).toMatchObject({ ok: true });
  await db.database.query(`delete from messages where seller_id = 'dead'`);
});

test('the audit finds and names a label that the carrier charged twice', async () => {
  const carriers = new DatabaseSync(book);
  carriers.exec(
    `insert into charges (at, carrier, shipment_id, tracking_id, key, reference, body_hash, service, minor, currency, shipment)
     select at, carrier, 'again', 'again', key, reference, body_hash, service, minor, currency, shipment from charges limit 1`,
  );
  carriers.close();
  expect(await audited()).toMatchObject({ ok: false, findingsByCode: { 'charge.doubled': 1 }, findingsTotal: 1 });
});
