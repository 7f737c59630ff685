import { type JobContract, type PayloadOf, queueNames } from '@ge/contracts';
import { type Database, drawCommandNo } from '@ge/database';
import type { SellerId } from '@ge/domain';
import { boardQueues, countJobs, failingConnection, type QueueSpace, sendDirect } from '@ge/queue';

export interface DirectJob {
  readonly key: string;
  readonly sellerId: SellerId;
  readonly payload: object;
  readonly now: Date;
}

/** What a producer does that puts its jobs into BullMQ itself: draws the command's number and sends, as often as it likes. */
export class DirectJobs {
  readonly #space: QueueSpace;
  readonly #database: Database;
  readonly #redis: ReturnType<typeof failingConnection>;
  readonly #boards: ReturnType<typeof boardQueues>;

  constructor(space: QueueSpace, database: Database) {
    this.#space = space;
    this.#database = database;
    this.#redis = failingConnection(space);
    this.#boards = boardQueues(space, queueNames, this.#redis);
  }

  /** The number of a seller's next command. */
  drawCommandNo(sellerId: SellerId): Promise<number> {
    return this.#database.transaction((tx) => drawCommandNo(tx, sellerId));
  }

  /** Sends one job `times` times under one key. Throws when Redis is away: it may have arrived then. */
  async send(contract: JobContract, job: DirectJob, times: number): Promise<void> {
    const sent = { ...job, payload: job.payload as PayloadOf<JobContract> };
    await Promise.all(Array.from({ length: times }, () => sendDirect(this.#space, this.#redis, contract, sent)));
  }

  /** A job with anything in it, as no producer of ours would send it. Returns the id that Redis gave it. */
  async sendAnything(contract: JobContract, data: unknown): Promise<string> {
    const job = await this.#board(contract.queue).add(contract.name, data, { attempts: 1, removeOnComplete: true });
    return job.id!;
  }

  /** Why these jobs are shown as failed, by id; null for one that is not. */
  async failures(queue: string, ids: readonly string[]): Promise<Map<string, string | null>> {
    const jobs = await Promise.all(ids.map((id) => this.#board(queue).getJob(id)));
    return new Map(ids.map((id, index) => [id, jobs[index]?.failedReason ?? null]));
  }

  #board(queue: string) {
    return this.#boards.find(({ name }) => name === queue)!;
  }

  /** Jobs that Redis still has for anybody to run. */
  async waiting(): Promise<number> {
    const counts = await Promise.all(this.#boards.map(countJobs));
    return counts.reduce((sum, { waiting = 0, active = 0, delayed = 0 }) => sum + waiting + active + delayed, 0);
  }

  /** What Redis has used so far: milliseconds of CPU of the thread that runs commands, and commands. */
  async used(): Promise<{ readonly mainThreadMs: number; readonly commands: number }> {
    // Its sections one by one: older servers take no more than one.
    const text = (await this.#redis.info('cpu')) + (await this.#redis.info('stats'));
    const field = (name: string) => Number(new RegExp(`^${name}:(\\S+)`, 'm').exec(text)?.[1] ?? 0);
    return {
      mainThreadMs: (field('used_cpu_sys_main_thread') + field('used_cpu_user_main_thread')) * 1_000,
      commands: field('total_commands_processed'),
    };
  }

  async close(): Promise<void> {
    await Promise.all(this.#boards.map((board) => board.close()));
    this.#redis.disconnect();
  }
}
