import { once } from 'node:events';
import { flushCompileCache } from 'node:module';
import { createInterface } from 'node:readline';
import type { PoolClient } from 'pg';

export interface Asked {
  readonly databaseUrl: string;
  readonly redisUrl: string;
  readonly namespace: string;
  readonly jobs: number;
}

/**
 * The life of a peer's process: sets up and loads its jobs, says `ready`, starts when told `go`, says `done` once it has done
 * as many as it was told, and ends when its input does.
 */
export async function peer(
  setUp: (asked: Asked, didOne: (count?: number) => void) => Promise<() => Promise<unknown> | unknown>,
): Promise<void> {
  const [databaseUrl, redisUrl, namespace, jobs] = process.argv.slice(2) as [string, string, string, string];
  let left = Number(jobs);
  const didOne = (count = 1) => {
    left -= count;
    if (left === 0) process.stdout.write('done\n');
  };
  await steered(() => setUp({ databaseUrl, redisUrl, namespace, jobs: Number(jobs) }, didOne));
}

/** The life of a program: says `ready` once it is set up, starts when told `go`, and ends when its input does. */
export async function steered(setUp: () => Promise<() => Promise<unknown> | unknown>): Promise<void> {
  const start = await setUp();
  // It is killed in the end, and would not leave to the next one what it compiled.
  flushCompileCache();
  const lines = createInterface({ input: process.stdin });
  process.stdout.write('ready\n');
  await once(lines, 'line');
  const ended = once(lines, 'close');
  await start();
  await ended;
  process.exit(0);
}

/** The work that everybody does: lock one template's row, change it, write one follow-up; all in the caller's transaction. */
export async function effect(client: Pick<PoolClient, 'query'>, templateId: string): Promise<void> {
  const { rows } = await client.query({
    name: 'lock',
    text: 'select version from shipping_templates where id = $1 for no key update',
    values: [templateId],
  });
  await client.query({
    name: 'change',
    text: 'update shipping_templates set version = $2 where id = $1',
    values: [templateId, (rows[0] as { version: number }).version + 1],
  });
  await client.query({
    name: 'follow',
    text: `insert into follow_ups (template_id, due_at) values ($1, '2999-01-01')`,
    values: [templateId],
  });
}

/** The same for many at once, a statement for each step. */
export async function effects(client: Pick<PoolClient, 'query'>, templateIds: readonly string[]): Promise<void> {
  const { rows } = await client.query({
    name: 'lock-all',
    text: 'select id, version from shipping_templates where id = any($1::text[]) order by id for no key update',
    values: [templateIds],
  });
  const found = rows as { id: string; version: number }[];
  await client.query({
    name: 'change-all',
    text: `update shipping_templates t set version = d.version from unnest($1::text[], $2::int[]) as d(id, version) where t.id = d.id`,
    values: [found.map(({ id }) => id), found.map(({ version }) => version + 1)],
  });
  await client.query({
    name: 'follow-all',
    text: `insert into follow_ups (template_id, due_at) select id, '2999-01-01' from unnest($1::text[]) as d(id)`,
    values: [templateIds],
  });
}
