import {
  type Database,
  nextCancelled,
  nextForWindow,
  openDatabase,
  promoteDue,
  queuesOwed,
  stillOwed,
} from '@ge/database';
import { type TestDatabase, testDatabase } from '@ge/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';

const queue = 'sku-assignment';
const flood = 50_000;

let db: TestDatabase;
/** One connection that keeps its plans for as long as these tests take. */
let relay: Database;

const look = {
  queue,
  afterSeller: null,
  inFlight: [1, 2, 3],
  heldBySeller: new Map([['A-FLOOD', 3]]),
  perSeller: 20,
  perLook: 20,
  sellers: 100,
  limit: 500,
};

const looks: Readonly<Record<string, () => Promise<unknown>>> = {
  promoteDue: () => promoteDue(relay, new Date('2026-01-01T00:00:00Z'), 100),
  queuesOwed: () => queuesOwed(relay, ['label-purchase', queue]),
  nextForWindow: () => nextForWindow(relay, look),
  'nextForWindow after a seller': () => nextForWindow(relay, { ...look, afterSeller: 'A' }),
  nextCancelled: () => nextCancelled(relay, { queue, inFlight: [1, 2], limit: 500 }),
  stillOwed: () => stillOwed(relay, [{ id: 1, gen: 0 }]),
};

/** How many rows and entries of indexes of the messages this connection has read so far. */
async function entriesRead(): Promise<number> {
  await relay.query('select pg_stat_force_next_flush()');
  const [found] = await relay.query<{ n: number }>(
    `select (select sum(seq_tup_read) from pg_stat_user_tables where relname = 'messages')::int
          + (select sum(idx_tup_read) from pg_stat_user_indexes where relname = 'messages')::int as n`,
  );
  return found!.n;
}

beforeAll(async () => {
  db = await testDatabase();
  relay = await openDatabase({
    url: db.url,
    applicationName: 'ge-test-relay',
    poolSize: 1,
    byIndexAlone: true,
    plansKeptMs: 600_000,
  });
  await db.database.query('vacuum analyze messages');
  // Five times by a plan for its values, then by the one that is kept.
  for (const ask of Object.values(looks)) for (let time = 0; time < 10; time += 1) await ask();
  await db.database.query(
    `insert into messages (queue, name, seller_id, payload, due_at)
     select $1, 'assign-skus', 'A-FLOOD', '{}', case when no > ${flood} then timestamptz '2100-01-01' end
       from generate_series(1, ${2 * flood}) as no`,
    [queue],
  );
});

afterAll(async () => {
  await relay.close();
  await db.drop();
});

test.each(Object.keys(looks))('%s reads no flood, though its plan was made when nothing was owed', async (name) => {
  const before = await entriesRead();
  await looks[name]!();
  expect((await entriesRead()) - before).toBeLessThan(flood / 10);
});
