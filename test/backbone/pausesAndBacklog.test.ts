import { assignSkus, queueNames, remindInvitation } from '@ge/contracts';
import {
  appendMessages,
  backlogPage,
  countedAtMost,
  liftPause,
  outgoing,
  pausesOver,
  pausesPage,
  readPauses,
  setPause,
  type Transaction,
} from '@ge/database';
import type { InvitationId, SellerId } from '@ge/domain';
import { type TestDatabase, testDatabase } from '@ge/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';

let db: TestDatabase;
beforeEach(async () => {
  db = await testDatabase();
});
afterEach(() => db.drop());

const within = <T>(work: (tx: Transaction) => Promise<T>) => db.database.transaction(work);
const now = new Date('2026-11-26T08:00:00Z');
const tomorrow = new Date('2026-11-27T08:00:00Z');

const change = (sellerId: string) =>
  outgoing(assignSkus, {
    payload: { sellerId: sellerId as SellerId, commandNo: 1, items: [{ sku: 'K', template: { name: 'T' } }] },
    sellerId,
  });
const reminder = (sellerId: string) =>
  outgoing(remindInvitation, {
    payload: { invitationId: `inv_${sellerId}` as InvitationId, revision: 1 },
    sellerId,
    dueAt: tomorrow,
  });
const pageOf = (change: Partial<Parameters<typeof backlogPage>[1]> = {}) =>
  within((tx) =>
    backlogPage(tx, { queues: queueNames, sellerId: null, withLater: false, after: null, limit: 10, ...change }),
  );
const named = (page: Awaited<ReturnType<typeof pageOf>>) =>
  page.map(({ queue, sellerId, ready, later }) => `${queue} ${sellerId} ${ready}+${later}`);

test('a pause keeps its age when its reason changes, and says what was before', async () => {
  const target = { queue: 'label-purchase', sellerId: '*' };
  const first = await within((tx) => setPause(tx, { ...target, reason: 'repair', now }));
  expect(first).toEqual({ before: null, after: { ...target, reason: 'repair', createdAt: now } });
  const second = await within((tx) => setPause(tx, { ...target, reason: 'still', now: tomorrow }));
  expect(second).toEqual({ before: first.after, after: { ...first.after, reason: 'still' } });
  expect(await within((tx) => liftPause(tx, target))).toEqual(second.after);
  expect(await within((tx) => liftPause(tx, target))).toBeNull();
  expect(await readPauses(db.database)).toEqual([]);
});

test('pauses over a seller in a queue are those of the queue, of the seller, and of everything', async () => {
  const all = [
    ['*', '*'],
    ['*', 'S-1'],
    ['region-fanout', '*'],
    ['region-fanout', 'S-1'],
    ['region-fanout', 'S-2'],
    ['label-purchase', 'S-1'],
  ] as const;
  for (const [queue, sellerId] of all) await within((tx) => setPause(tx, { queue, sellerId, reason: 'x', now }));
  const over = await within((tx) => pausesOver(tx, 'region-fanout', 'S-1'));
  expect(over.map(({ queue, sellerId }) => `${queue} ${sellerId}`)).toEqual(
    all.slice(0, 4).map(([queue, sellerId]) => `${queue} ${sellerId}`),
  );
  const first = await within((tx) => pausesPage(tx, { after: null, limit: 4 }));
  const rest = await within((tx) => pausesPage(tx, { after: first[3]!, limit: 4 }));
  expect([...first, ...rest]).toHaveLength(6);
});

test('the backlog names each seller that is owed something now, page by page, with age and what is for later', async () => {
  await within((tx) => appendMessages(tx, [change('S-2'), change('S-1'), change('S-1'), reminder('S-1')]));
  await within((tx) => appendMessages(tx, [change('S-3'), reminder('S-4')]));
  expect(named(await pageOf())).toEqual(['sku-assignment S-1 2+0', 'sku-assignment S-2 1+0', 'sku-assignment S-3 1+0']);
  const all = await pageOf({ withLater: true });
  expect(named(all).slice(0, 2)).toEqual(['enrollment-invitations S-1 0+1', 'enrollment-invitations S-4 0+1']);
  expect(all[0]).toMatchObject({ oldestAt: null, nextDueAt: tomorrow });
  expect(all[2]!.oldestAt).toBeInstanceOf(Date);
  const pages = [];
  for (let after: { queue: string; sellerId: string } | null = null; ; ) {
    const page: Awaited<ReturnType<typeof pageOf>> = await pageOf({ withLater: true, after, limit: 2 });
    pages.push(...page);
    if (page.length < 2) break;
    after = page.at(-1)!;
  }
  expect(named(pages)).toEqual(named(all));
  expect(named(await pageOf({ sellerId: 'S-1', withLater: true }))).toEqual([
    'enrollment-invitations S-1 0+1',
    'sku-assignment S-1 2+0',
  ]);
  expect(named(await pageOf({ queues: ['sku-assignment'], sellerId: 'S-2' }))).toEqual(['sku-assignment S-2 1+0']);
});

test('a flood is counted up to a bound, so that looking at it costs no more than its page', async () => {
  await db.database.query(
    `insert into messages (queue, name, seller_id, payload) select 'sku-assignment', 'assign-skus', 'S-flood', '{}' from generate_series(1, $1::int)`,
    [countedAtMost + 500],
  );
  expect((await pageOf())[0]!.ready).toBe(countedAtMost);
});
