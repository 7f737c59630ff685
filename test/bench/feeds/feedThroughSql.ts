import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { expectedOf, type FeedOutcomes, seller, sellerWithSkus } from './scene.ts';

/**
 * The same file as somebody would do it who has psql and an evening: one transaction of COPY, one outcome row each with the
 * former template, one UPDATE … FROM. Milliseconds from the first byte to the commit.
 * @throws Error unless every row ended as it had to
 */
export async function feedThroughSql(file: string, rows: number): Promise<number> {
  const db = await sellerWithSkus(rows);
  const client = new pg.Client({ connectionString: db.url });
  await client.connect();
  try {
    await client.query(
      `create table outcomes (record_no int primary key, sku text not null, template_name text not null, outcome text not null,
                              template_id text, former_template_id text)`,
    );
    const started = performance.now();
    await client.query('begin');
    await client.query(
      'create temp table staged (record_no int generated always as identity, sku text, template_name text) on commit drop',
    );
    await pipeline(
      createReadStream(file),
      client.query(copyFrom("copy staged (sku, template_name) from stdin (format csv, delimiter E'\\t', header)")),
    );
    await client.query('analyze staged');
    await client.query(
      `insert into outcomes
       select g.record_no, g.sku, g.template_name, case when s.sku is null then 'rejected' else 'applied' end, t.id, s.template_id
         from staged g join shipping_templates t on t.seller_id = $1 and t.name = g.template_name
         left join skus s on s.seller_id = $1 and s.sku = g.sku`,
      [seller],
    );
    await client.query(
      `update skus s set template_id = t.id, template_command_no = 1
         from staged g join shipping_templates t on t.seller_id = $1 and t.name = g.template_name
        where s.seller_id = $1 and s.sku = g.sku`,
      [seller],
    );
    await client.query('commit');
    const ms = performance.now() - started;
    const { rows: found } = await client.query<FeedOutcomes & pg.QueryResultRow>(
      `select count(*) filter (where o.outcome = 'applied')::int as applied,
              count(*) filter (where o.outcome = 'rejected')::int as rejected,
              count(o.former_template_id)::int as former,
              count(*) filter (where s.template_id = o.template_id)::int as moved
         from outcomes o left join skus s on s.seller_id = $1 and s.sku = o.sku`,
      [seller],
    );
    const expected = expectedOf(rows);
    if ((Object.keys(expected) as (keyof FeedOutcomes)[]).some((key) => found[0]?.[key] !== expected[key]))
      throw new Error(`SQL did not apply ${rows} rows: ${JSON.stringify(found[0])}`);
    return ms;
  } finally {
    await client.end();
    await db.drop();
  }
}
