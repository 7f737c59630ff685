import { fileURLToPath } from 'node:url';
import { failingConnection, prefixOf } from '@ge/queue';
import { testSpace } from '@ge/testkit';
import { checkOnce, templatesFor } from '../effect/templates.ts';
import { startProgram } from './startProgram.ts';

export interface Peer {
  readonly name: string;
  readonly file: string;
  readonly args: readonly string[];
  /** It has no effect to look for. */
  readonly isEmpty?: boolean;
}

export const emptyBullmq: Peer = {
  name: 'BullMQ, empty processor',
  file: 'bullmq.ts',
  args: ['empty'],
  isEmpty: true,
};

/** Those that have a transaction for each job. */
export const peers: readonly Peer[] = [
  { name: 'pg-boss', file: 'pgBoss.ts', args: ['single'] },
  { name: 'graphile-worker', file: 'graphileWorker.ts', args: ['single'] },
  { name: 'BullMQ + pg', file: 'bullmq.ts', args: ['pg'] },
  { name: 'BullMQ + MikroORM', file: 'bullmq.ts', args: ['orm'] },
];

export const batchTuned: Peer = { name: 'pg-boss, one transaction a batch', file: 'pgBoss.ts', args: ['batch'] };

/** Jobs per second of a peer in a process of its own, from its start until it has done them all. */
export async function runPeer(peer: Peer, jobs: number): Promise<number> {
  const db = await templatesFor(peer.isEmpty ? 0 : jobs);
  await db.database.query('analyze');
  const { redisUrl, namespace } = testSpace();
  const file = fileURLToPath(new URL(peer.file, import.meta.url));
  const program = startProgram(peer.name, file, [db.url, redisUrl, namespace, String(jobs), ...peer.args]);
  try {
    await program.said('ready');
    const started = performance.now();
    program.go();
    await program.said('done');
    const ms = performance.now() - started;
    if (!peer.isEmpty) await checkOnce(db, jobs, 'follow_ups', peer.name);
    return (jobs / ms) * 1_000;
  } finally {
    await program.kill();
    await forget(redisUrl, prefixOf({ redisUrl, namespace }, 'peer'));
    await db.drop();
  }
}

/** What a peer leaves in Redis must not weigh on whoever is next. */
export async function forget(redisUrl: string, prefix: string): Promise<void> {
  const redis = failingConnection({ redisUrl, namespace: 'bench' });
  if (!('scanStream' in redis)) throw new Error('peers run on one Redis, and not on a cluster');
  for await (const keys of redis.scanStream({ match: `${prefix}*`, count: 1_000 }))
    if ((keys as string[]).length > 0) await redis.unlink(...(keys as string[]));
  redis.disconnect();
}
