/**
 * Database-effect jobs per second through relay and worker processes with exactly-once bookkeeping, beside BullMQ with an
 * empty processor in the same run: `./ge run test/bench/batchEffect.ts [jobs] [rounds]`, 20,000 and 3 by default.
 * Only the ratio within one run counts. Uses GE_TEST_DATABASE_URL and GE_TEST_REDIS_URL, or servers of its own.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { appendMessages, outgoing, SellerEntity, ShippingTemplateEntity } from '@ge/database';
import { boardQueues, failingConnection, Sender } from '@ge/queue';
import {
  eventually,
  type ServiceProcess,
  sellerRow,
  startService,
  templateRow,
  testDatabase,
  testSpace,
} from '@ge/testkit';
import { touchTemplate } from './batchEffect/touchTemplate.ts';

const jobs = Number(process.argv[2] ?? 20_000);
const rounds = Number(process.argv[3] ?? 3);
const sellers = 100;
/** One for each job, so that no job waits for another one's row. */
const templates = jobs;

const { default: openServers } = await import('../../packages/testkit/src/globalSetup.ts');
const closeServers = await openServers();
try {
  for (let round = 1; round <= rounds; round += 1) {
    const empty = await emptyProcessor();
    const effects = await databaseEffects();
    print(
      `round ${round}: empty BullMQ ${whole(empty)} jobs/s, effects ${whole(effects.perSecond)} jobs/s, ratio ${(effects.perSecond / empty).toFixed(2)}`,
    );
    print(`  ${effects.details}`);
  }
} finally {
  await closeServers();
}

async function databaseEffects() {
  const db = await testDatabase(2);
  const space = testSpace();
  const { database } = db;
  const sellerId = (index: number) => `S-${index % sellers}`;
  await database.transaction(async (tx) => {
    await tx.insert(
      SellerEntity,
      Array.from({ length: sellers }, (_, index) => sellerRow(sellerId(index))),
    );
    await tx.insert(
      ShippingTemplateEntity,
      Array.from({ length: templates }, (_, index) => templateRow(sellerId(index), `tpl_${index}`)),
    );
    await tx.query(`insert into pauses (queue, seller_id, reason) values ('*', '*', 'not yet')`);
  });
  for (let start = 0; start < jobs; start += 1_000)
    await database.transaction((tx) =>
      appendMessages(
        tx,
        Array.from({ length: Math.min(1_000, jobs - start) }, (_, index) => {
          const which = start + index;
          const payload = { sellerId: sellerId(which), templateId: `tpl_${which}` };
          return outgoing(touchTemplate, { payload, sellerId: payload.sellerId });
        }),
      ),
    );
  await database.query('analyze');

  const options = { databaseUrl: db.url, space, env: { JOB_LOCK_MS: '15000', RELAY_RESEND_MS: '5000' } };
  const relay = await startService('relay', options);
  const worker = await startService('test/bench/batchEffect/worker.ts', options);
  const before = await used([relay, worker]);
  const started = performance.now();
  await database.query('delete from pauses');
  await eventually(
    'all done',
    async () =>
      (await database.query(`select from messages where state = 'ready' and due_at is null limit 1`)).length === 0,
    300_000,
  );
  const ms = performance.now() - started;
  const after = await used([relay, worker]);
  const figures = await (await fetch(`${worker.healthUrl}/metrics`)).text();
  await Promise.all([relay.stop(), worker.stop()]);
  const [check] = await database.query<{ touched: string; followed: string }>(
    `select (select sum(version - 1) from shipping_templates) as touched, (select count(*) from messages) as followed`,
  );
  if (Number(check!.touched) !== jobs || Number(check!.followed) !== jobs) throw new Error('not exactly once');
  await db.drop();

  const batches = figure(figures, 'ge_batch_jobs_count');
  const cpu = (index: number) => ((after[index]! - before[index]!) / jobs) * 1_000;
  return {
    perSecond: (jobs / ms) * 1_000,
    details:
      `${whole(jobs / batches)} jobs a batch, ${(figure(figures, 'bench_statements_total') / batches).toFixed(1)} statements (round trips) a batch, ` +
      `${((figure(figures, 'ge_batch_seconds_sum') / batches) * 1_000).toFixed(1)} ms a batch; CPU µs per job: relay ${whole(cpu(0))}, worker ${whole(cpu(1))}`,
  };
}

async function emptyProcessor(): Promise<number> {
  const space = testSpace();
  const redis = failingConnection(space);
  const [queue] = boardQueues(space, ['empty'], redis);
  const sender = new Sender(space, 'empty', redis);
  await queue!.pause();
  await sender.send(Array.from({ length: jobs }, (_, id) => ({ id, gen: 0, name: 'empty', sellerId: 'S-1' })));
  const child = spawn(
    process.execPath,
    [
      fileURLToPath(new URL('./batchEffect/emptyWorker.ts', import.meta.url)),
      space.redisUrl,
      space.namespace,
      'empty',
      String(jobs),
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const lines = createInterface({ input: child.stdout! });
  await once(lines, 'line');
  const started = performance.now();
  await queue!.resume();
  await once(lines, 'line');
  const ms = performance.now() - started;
  child.kill();
  await once(child, 'exit');
  await queue!.obliterate({ force: true });
  await sender.close();
  await queue!.close();
  redis.disconnect();
  return (jobs / ms) * 1_000;
}

/** CPU time of the processes so far, in milliseconds (Linux counts in hundredths of a second). */
function used(services: readonly ServiceProcess[]): Promise<number[]> {
  return Promise.all(
    services.map(async ({ process: child }) => {
      const fields = (await readFile(`/proc/${child.pid}/stat`, 'utf8')).split(') ')[1]!.split(' ');
      return (Number(fields[11]) + Number(fields[12])) * 10;
    }),
  );
}

function figure(metrics: string, name: string): number {
  const line = metrics.split('\n').find((one) => one.startsWith(`${name}{`) || one.startsWith(`${name} `));
  return Number(line?.split(' ').at(-1));
}

function whole(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
