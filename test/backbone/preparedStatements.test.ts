import { type Database, openDatabase } from '@ge/database';
import { type TestDatabase, testDatabase } from '@ge/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';

let db: TestDatabase;
let one: Database;

/** One connection, so that what it has prepared and read can be asked for right after. */
const connection = (plansKeptMs: number) =>
  openDatabase({ url: db.url, applicationName: 'ge-test-prepared', poolSize: 1, plansKeptMs });

const prepared = <Row extends object>(by: Database, text: string, params: readonly unknown[]): Promise<Row[]> =>
  by.transaction((tx) => tx.prepared<Row>(text, params));

beforeAll(async () => {
  db = await testDatabase();
  one = await connection(60_000);
});

afterAll(async () => {
  await one.close();
  await db.drop();
});

test('what is asked often is parsed once on a connection, and its plan is kept', async () => {
  const text = 'select no from generate_series(1, 3) as no where no = any($1::int[])';
  for (let time = 0; time < 10; time += 1) expect(await prepared(one, text, [[2, 3]])).toEqual([{ no: 2 }, { no: 3 }]);
  const known = await one.query(
    'select custom_plans::int as custom, generic_plans::int as generic from pg_prepared_statements where statement = $1',
    [text],
  );
  expect(known).toEqual([{ custom: 5, generic: 5 }]);
});

test('a plan that was made for an empty table is not gone by once the table is full', async () => {
  const changing = await connection(0);
  await changing.query('create table filled (id int primary key)');
  await changing.query('vacuum analyze filled');
  const find = () => prepared(changing, 'select id from filled where id = any($1::int[])', [[7]]);
  for (let time = 0; time < 10; time += 1) expect(await find()).toEqual([]);
  await changing.query('insert into filled select generate_series(1, 50000)');
  const scans = async () => {
    await changing.query('select pg_stat_force_next_flush()');
    const [found] = await changing.query<{ whole: number }>(
      `select seq_scan::int as whole from pg_stat_user_tables where relname = 'filled'`,
    );
    return found!.whole;
  };
  const before = await scans();
  expect(await find()).toEqual([{ id: 7 }]);
  expect((await scans()) - before).toBe(0);
  await changing.close();
});

test('a statement whose columns change their type fails once at most, not for as long as its connection lives', async () => {
  await one.query('create table changed as select 1 as amount');
  const read = () => prepared(one, 'select amount from changed where amount > $1', [0]);
  expect(await read()).toEqual([{ amount: 1 }]);
  await db.database.query('alter table changed alter column amount type bigint');
  await read().catch((error: { code?: string }) => expect(error.code).toBe('0A000'));
  expect(await read()).toEqual([{ amount: '1' }]);
});

test('what is asked in a transaction that has failed says so, whether or not its plans are due to be made anew', async () => {
  const changing = await connection(0);
  const failing = changing.transaction(async (tx) => {
    await tx.prepared('select 1 / $1::int', [0]).catch(() => undefined);
    await tx.prepared('select $1::int', [1]);
  });
  await expect(failing).rejects.toMatchObject({ code: '25P02' });
  expect(await prepared(changing, 'select $1::int as one', [1])).toEqual([{ one: 1 }]);
  await changing.close();
});
