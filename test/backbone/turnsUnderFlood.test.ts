import { nextForWindow } from '@ge/database';
import { type TestDatabase, testDatabase } from '@ge/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';

let db: TestDatabase;

const flood = 60_000;
const queue = 'template-propagation';

beforeAll(async () => {
  // One connection, so that what it has read can be asked for right after.
  db = await testDatabase(1);
  await db.database.query(
    `insert into messages (queue, name, seller_id, payload) select $1, 'deactivate-template', 'A-FLOOD', '{}' from generate_series(1, $2::int)`,
    [queue, flood],
  );
  // From here on the statistics say that all messages are of one seller.
  await db.database.query('vacuum analyze messages');
  await db.database.query(
    `insert into messages (queue, name, seller_id, payload) select $1, 'deactivate-template', 'P-' || no, '{}' from generate_series(1, 20) no`,
    [queue],
  );
});

afterAll(() => db.drop());

async function entriesRead(): Promise<number> {
  await db.database.query('select pg_stat_force_next_flush()');
  const rows = await db.database.query<{ read: string }>(
    `select sum(idx_tup_read) as read from pg_stat_user_indexes where relname = 'messages'`,
  );
  return Number(rows[0]!.read);
}

test("a look at the sellers who have little reads nothing of another one's flood, whatever the statistics say (promise 5)", async () => {
  const mine = await db.database.query<{ id: string }>('select id from messages order by id limit 500');
  const before = await entriesRead();
  const { found } = await nextForWindow(db.database, {
    queue,
    afterSeller: null,
    inFlight: mine.map(({ id }) => Number(id)),
    heldBySeller: new Map([['A-FLOOD', 500]]),
    perSeller: 500,
    perLook: 200,
    sellers: 2_500,
    limit: 1_500,
  });
  expect(found.map(({ sellerId }) => sellerId).toSorted()).toEqual(
    Array.from({ length: 20 }, (_, no) => `P-${no + 1}`).toSorted(),
  );
  expect((await entriesRead()) - before).toBeLessThan(2_000);
});
