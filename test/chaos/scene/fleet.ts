import type { QueueSpace } from '@ge/queue';
import { EndedBeforeReady, eventually, type ServiceProcess, startService } from '@ge/testkit';

export const workers = [
  'template-propagation',
  'region-fanout',
  'sku-assignment',
  'label-purchase',
  'enrollment-invitations',
] as const;
export type Worker = (typeof workers)[number];
export type Service = Worker | 'relay';
export const services: readonly Service[] = ['relay', ...workers];

/** Small slices, so that everything takes several transactions, and short leases, so that the dead keep nobody waiting long. */
const settings = {
  TEMPLATES_PER_SLICE: '5',
  PAGE_SIZE: '80',
  SLICE_ROWS: '8',
  JOB_LOCK_MS: '1000',
  RELAY_RESEND_MS: '500',
  RELAY_INTERVAL_MS: '50',
  RELAY_LEASE_MS: '500',
  // So long that a claim ends only when it is let to: an answer that is lost twice is by design the end of a mail.
  MAIL_TIMEOUT_MS: '60000',
  CARRIER_TIMEOUT_MS: '1000',
  LEASE_MARGIN_MS: '1200',
  PUBLIC_URL: 'https://export.example',
  ENROLLMENT_SECRETS: 'a secret of the tests that has more than 32 bytes',
};

/** Where a process is to die, and when: the `passing`-th time that it comes there. */
export interface Failpoint {
  readonly point: string;
  readonly passing: number;
}

/** The fleet's processes on one database and one corner of a Redis. */
export class Fleet {
  readonly #options: { databaseUrl: string; space: QueueSpace; env: Readonly<Record<string, string>> };
  readonly #running = new Map<string, ServiceProcess>();
  readonly #all: ServiceProcess[] = [];

  constructor(options: { databaseUrl: string; space: QueueSpace; env: Readonly<Record<string, string>> }) {
    this.#options = options;
  }

  /** Starts one process, beside another one of its kind where `as` gives it a name of its own. */
  async start(
    service: Service,
    env: Readonly<Record<string, string>> = {},
    as: string = service,
  ): Promise<ServiceProcess> {
    const { databaseUrl, space, env: common } = this.#options;
    const started = await startService(service, { databaseUrl, space, env: { ...settings, ...common, ...env } });
    this.#running.set(as, started);
    this.#all.push(started);
    return started;
  }

  async startAll(): Promise<void> {
    await Promise.all(services.filter((service) => !this.#running.has(service)).map((service) => this.start(service)));
  }

  has(name: string): boolean {
    return this.#running.has(name);
  }

  /** Of the processes that are meant to run: those that do not. */
  exits(): string[] {
    return [...this.#running].flatMap(([name, { process }]) =>
      process.exitCode === null && process.signalCode === null ? [] : [name],
    );
  }

  of(name: string): ServiceProcess {
    return this.#running.get(name)!;
  }

  /** Resolves once a process of this kind has come to the failpoint and died there. */
  async killedAt(service: Service, { point, passing }: Failpoint): Promise<void> {
    const env = { GE_FAILPOINT: `${point}#${passing}` };
    const started = await this.start(service, env).catch((error: unknown) => {
      // What an earlier process left behind brought it there before it could say that it was ready.
      if (error instanceof EndedBeforeReady && error.signal === 'SIGKILL') return null;
      throw error;
    });
    this.#running.delete(service);
    if (!started) return;
    await eventually(`${service} has come to ${point}`, () => started.process.signalCode !== null, 90_000);
    if (started.process.signalCode !== 'SIGKILL') throw new Error(`${service} ended by ${started.process.signalCode}`);
  }

  /** As `kill -9` does, or with another signal; waits for the end. Returns the exit code, null where the signal ended it. */
  async end(name: string, signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL'): Promise<number | null> {
    const running = this.of(name);
    this.#running.delete(name);
    running.process.kill(signal);
    return running.ended;
  }

  async close(): Promise<void> {
    await Promise.all(
      this.#all.map(async (process) => {
        process.process.kill('SIGCONT');
        await process.stop();
      }),
    );
  }
}
