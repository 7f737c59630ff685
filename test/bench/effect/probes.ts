import { setTimeout as wait } from 'node:timers/promises';
import { eventually, startService, testSpace } from '@ge/testkit';
import { build } from 'hdr-histogram-js';
import { templatesFor } from './templates.ts';
import { touchTemplate } from './touchTemplate.ts';

const others = 50;
const perSecond = 100;

/**
 * The 99th percentile, in milliseconds, of the time from acceptance to the end of `probes` jobs that 50 sellers add at an
 * even rate, while one other seller has `flood` messages waiting. @throws Error where the flood was over before the probes
 */
export async function probedWait(probes: number, flood: number): Promise<number> {
  const db = await templatesFor(20_000);
  const space = testSpace();
  const { database } = db;
  const owe = (seller: string, count: string) =>
    `insert into messages (queue, name, seller_id, payload)
     select '${touchTemplate.queue}', '${touchTemplate.name}', ${seller},
            jsonb_build_object('sellerId', ${seller}::text, 'templateId', 'tpl_' || no % 20000)
       from generate_series(1, ${count}) as no`;
  await database.query(owe(`'A-FLOOD'`, String(flood)));
  await database.query('vacuum analyze messages');
  const options = { databaseUrl: db.url, space, env: { JOB_LOCK_MS: '15000', RELAY_RESEND_MS: '5000' } };
  const services = await Promise.all([
    startService('relay', options),
    startService('test/bench/effect/worker.ts', options),
  ]);
  try {
    // Both have compiled what they run before anything is measured.
    const warm = Array.from({ length: 200 }, (_, no) => `P-${no % others}`);
    for (const seller of warm) await database.query(owe(`'${seller}'`, '1'));
    const ended = async () =>
      (await database.query<{ n: number }>(`select count(*)::int as n from message_log where seller_id like 'P-%'`))[0]!
        .n;
    await eventually('warm', async () => (await ended()) >= warm.length, 60_000);
    const begun = performance.now();
    const acceptedAt = new Map<number, number>();
    for (let no = 0; no < probes; no += 1) {
      const ahead = begun + (no * 1_000) / perSecond - performance.now();
      if (ahead > 1) await wait(ahead);
      const [row] = await database.query<{ id: string }>(
        `insert into messages (queue, name, seller_id, payload) values ($1, $2, $3, $4) returning id`,
        [
          touchTemplate.queue,
          touchTemplate.name,
          `P-${no % others}`,
          { sellerId: `P-${no % others}`, templateId: `tpl_${no % 20_000}` },
        ],
      );
      acceptedAt.set(Number(row!.id), Date.now());
    }
    await eventually('all probes done', async () => (await ended()) >= warm.length + probes, 120_000);
    if (flood > 0) {
      const left = await database.query(`select from messages where seller_id = 'A-FLOOD' and due_at is null limit 1`);
      if (left.length === 0) throw new Error('the flood was over before the probes were');
    }
    const rows = await database.query<{ message_id: string; at: string }>(
      `select message_id, at::text as at from message_log where message_id = any($1::bigint[])`,
      [[...acceptedAt.keys()]],
    );
    const histogram = build({
      lowestDiscernibleValue: 1,
      highestTrackableValue: 600_000,
      numberOfSignificantValueDigits: 3,
    });
    for (const { message_id: id, at } of rows)
      histogram.recordValue(Math.max(1, Math.round(Date.parse(at) - acceptedAt.get(Number(id))!)));
    if (rows.length !== probes) throw new Error(`${rows.length} of ${probes} probes ended`);
    return histogram.getValueAtPercentile(99);
  } finally {
    await Promise.all(services.map((service) => service.stop()));
    await db.drop();
  }
}
