import { setTimeout as wait } from 'node:timers/promises';
import type { Database } from '@ge/database';
import { eventually, startService, testSpace } from '@ge/testkit';
import { build } from 'hdr-histogram-js';
import { templatesFor } from './templates.ts';
import { touchTemplate } from './touchTemplate.ts';

export const others = 50;
const perSecond = 100;
const templates = 5_000;
/** Who owes the job of this number. */
export const proberOf = (no: number): string => `P-${no % others}`;

export interface Probe {
  readonly job: { readonly queue: string; readonly name: string };
  readonly sellerId: string;
  readonly payload: object;
}

export interface ProbeCounts {
  /** Before anything is measured everybody has compiled what they run. */
  readonly warming: number;
  readonly measured: number;
}

/** 99th percentiles of how long probes waited, in milliseconds. */
export interface Waits {
  readonly idle: number;
  /** While another seller kept the same fleet busy. */
  readonly beside: number;
}

/**
 * The time from the planned acceptance to the last transaction of jobs that 50 sellers add at an even rate: on an idle
 * fleet, then on the same one while another seller has `flood` messages waiting.
 * @throws Error where the flood was over before the probes
 */
export async function waitsBesideFlood({ warming, measured }: ProbeCounts, flood: number): Promise<Waits> {
  const db = await templatesFor(templates);
  const space = testSpace();
  const { database } = db;
  const owe = (seller: string, count: string) =>
    `insert into messages (queue, name, seller_id, payload)
     select '${touchTemplate.queue}', '${touchTemplate.name}', ${seller},
            jsonb_build_object('sellerId', ${seller}::text, 'templateId', 'tpl_' || no % ${templates})
       from generate_series(1, ${count}) as no`;
  const options = { databaseUrl: db.url, space, env: { JOB_LOCK_MS: '15000', RELAY_RESEND_MS: '5000' } };
  const services = await Promise.all([
    startService('relay', options),
    startService('test/bench/effect/worker.ts', options),
  ]);
  try {
    const probeOf = (no: number): Probe => {
      const sellerId = proberOf(no);
      return { job: touchTemplate, sellerId, payload: { sellerId, templateId: `tpl_${no % templates}` } };
    };
    for (let no = 0; no < warming; no += 1) await database.query(owe(`'${proberOf(no)}'`, '1'));
    await eventually('warm', async () => (await endedProbes(database)) >= warming, 60_000);
    const idle = await waitOfProbes(database, measured, probeOf);
    await database.query(`insert into pauses (queue, seller_id, reason) values ('*', 'A-FLOOD', 'not yet')`);
    await database.query(owe(`'A-FLOOD'`, String(flood)));
    await database.query('vacuum analyze messages');
    await database.query('delete from pauses');
    const ofFlood = (table: string, more: string) =>
      database.query(`select from ${table} where seller_id = 'A-FLOOD' ${more} limit 1`);
    await eventually('the flood has begun', async () => (await ofFlood('message_log', '')).length > 0);
    const beside = await waitOfProbes(database, measured, probeOf);
    if ((await ofFlood('messages', 'and due_at is null')).length === 0)
      throw new Error('the flood was over before the probes were');
    await checkEffects(database);
    return { idle, beside };
  } finally {
    await Promise.all(services.map((service) => service.stop()));
    await db.drop();
  }
}

/**
 * The same over whatever jobs are given: added at an even rate, whether or not those before them have ended.
 * @throws Error unless each of them ended, once
 */
export async function waitOfProbes(
  database: Database,
  probes: number,
  probeOf: (no: number) => Probe,
): Promise<number> {
  const before = await endedProbes(database);
  const [begun, began] = [performance.now(), Date.now()];
  const intendedAt = new Map<number, number>();
  const adding: Promise<void>[] = [];
  for (let no = 0; no < probes; no += 1) {
    const due = (no * 1_000) / perSecond;
    const ahead = begun + due - performance.now();
    if (ahead > 1) await wait(ahead);
    adding.push(addProbe(database, probeOf(no)).then((id) => void intendedAt.set(id, began + due)));
  }
  await Promise.all(adding);
  await eventually('all probes done', async () => (await endedProbes(database)) >= before + probes, 120_000);
  const rows = await database.query<{ message_id: string; at: string }>(
    `select message_id, at::text as at from message_log where message_id = any($1::bigint[]) and outcome = 'done'`,
    [[...intendedAt.keys()]],
  );
  if (rows.length !== probes) throw new Error(`${rows.length} of ${probes} probes ended`);
  const histogram = build({
    lowestDiscernibleValue: 1,
    highestTrackableValue: 600_000,
    numberOfSignificantValueDigits: 3,
  });
  for (const { message_id: id, at } of rows)
    histogram.recordValue(Math.max(1, Math.round(Date.parse(at) - intendedAt.get(Number(id))!)));
  return histogram.getValueAtPercentile(99);
}

async function endedProbes(database: Database): Promise<number> {
  const rows = await database.query<{ n: number }>(
    `select count(*)::int as n from message_log where seller_id like 'P-%'`,
  );
  return rows[0]!.n;
}

async function addProbe(database: Database, { job, sellerId, payload }: Probe): Promise<number> {
  const [row] = await database.query<{ id: string }>(
    `insert into messages (queue, name, seller_id, payload) values ($1, $2, $3, $4) returning id`,
    [job.queue, job.name, sellerId, payload],
  );
  return Number(row!.id);
}

/** Each end in the history has its one effect; the fleet may still be at work on the flood. */
async function checkEffects(database: Database): Promise<void> {
  const [found] = await database.query<{ touched: number; ended: number; twice: number }>(
    `select (select sum(version - 1)::int from shipping_templates) as touched,
            (select count(*)::int from message_log) as ended,
            (select count(*)::int from (select from message_log group by message_id having count(*) > 1) as doubled) as twice`,
  );
  if (found!.touched !== found!.ended || found!.twice > 0)
    throw new Error(`${found!.ended} jobs ended with ${found!.touched} effects, ${found!.twice} of them twice`);
}
