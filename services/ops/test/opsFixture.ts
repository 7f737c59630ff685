import { createHash, randomBytes } from 'node:crypto';
import { queueNames } from '@ge/contracts';
import { ApiKeyEntity, type ApiKeyRow, announceTaker, newId } from '@ge/database';
import type { OperatorRole } from '@ge/domain';
import {
  boardQueues,
  Consumer,
  failingConnection,
  type QueueParts,
  type QueueSpace,
  waitingConnection,
} from '@ge/queue';
import { eventually, type ServiceProcess, startService, type TestDatabase, testDatabase, testSpace } from '@ge/testkit';
import { Browser } from './browser.ts';

export type BoardQueue = ReturnType<typeof boardQueues>[number];

/** The service on servers of its own, with what a test does to them. */
export class OpsFixture {
  readonly db: TestDatabase;
  readonly space: QueueSpace;
  readonly #redis;
  readonly #started: ServiceProcess[] = [];
  readonly #queues: readonly BoardQueue[];
  base = '';
  service!: ServiceProcess;

  private constructor(db: TestDatabase, space: QueueSpace) {
    this.db = db;
    this.space = space;
    this.#redis = failingConnection(space);
    this.#queues = boardQueues(space, queueNames, this.#redis);
  }

  /** As if workers took from so many names of these queues. */
  static async open(parts: QueueParts = {}): Promise<OpsFixture> {
    const fixture = new OpsFixture(await testDatabase(), { ...testSpace(), parts });
    const taken = Object.entries(parts).map(([queue, names]) => ({ queue, names: names! }));
    await announceTaker(fixture.db.database, 'a worker', taken, 3_600_000);
    fixture.service = await fixture.start();
    fixture.base = addressOf(fixture.service);
    return fixture;
  }

  /** One more process of the service, stopped at the end. */
  async start(env: Readonly<Record<string, string>> = {}, space = this.space): Promise<ServiceProcess> {
    const service = await startService('ops', { databaseUrl: this.db.url, space, env: { PORT: '0', ...env } });
    this.#started.push(service);
    return service;
  }

  async close(): Promise<void> {
    for (const service of this.#started) await service.stop();
    this.#redis.disconnect();
    await this.db.drop();
  }

  queue(name: string): BoardQueue {
    return this.#queues.find((queue) => queue.name === name)!;
  }

  async issueKey(change: Partial<ApiKeyRow> = {}): Promise<{ id: string; key: string }> {
    const key = `ge_operator_${randomBytes(16).toString('hex')}`;
    const row = {
      id: newId('key'),
      hash: createHash('sha256').update(key).digest('hex'),
      scope: 'operator' as const,
      role: 'operator' as const,
      sellerId: null,
      operations: [],
      label: 'test',
      createdAt: new Date(),
      revokedAt: null,
      ...change,
    };
    await this.db.database.transaction((tx) => tx.insert(ApiKeyEntity, [row]));
    return { id: row.id, key };
  }

  revoke = (id: string) => this.db.database.query('update api_keys set revoked_at = now() where id = $1', [id]);

  /** A browser that is logged in with a key of its own. */
  async loggedIn(base = this.base, role: OperatorRole = 'operator'): Promise<Browser> {
    const browser = new Browser(base);
    const { key } = await this.issueKey({ role });
    const answer = await browser.logIn(key);
    if (answer.status !== 303) throw new Error(`login answered ${answer.status}`);
    return browser;
  }

  async message(queue: string, change: { state?: string; gen?: number } = {}): Promise<number> {
    const rows = await this.db.database.query<{ id: string }>(
      `insert into messages (queue, name, seller_id, payload, state, gen) values ($1, 'x', 'S1', '{}', $2, $3) returning id`,
      [queue, change.state ?? 'ready', change.gen ?? 0],
    );
    return Number(rows[0]!.id);
  }

  /** Lets a worker fail every job that waits in the queue, with this reason. */
  async failAll(queue: string, reason: string): Promise<void> {
    const connection = waitingConnection(this.space);
    const consumer = new Consumer({
      space: this.space,
      queue,
      connection,
      concurrency: 10,
      lockMs: 5_000,
      handle: async () => ({ kind: 'failed', reason }),
      onError: () => undefined,
    });
    await eventually('every job failed', async () => {
      const counts = await this.queue(queue).getJobCounts('waiting', 'active');
      return counts.waiting === 0 && counts.active === 0;
    });
    await consumer.close();
    connection.disconnect();
  }
}

/** Where a service says that it listens. */
export const addressOf = (service: ServiceProcess): string =>
  `http://127.0.0.1:${service.log.find(({ msg }) => msg === 'listening')!.port}`;
