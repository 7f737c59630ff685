import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { nodeOptionsOf } from '@ge/embedded/node-options';
import { linkedServices, type StartedFrom } from '@ge/linking';
import type { QueueSpace } from '@ge/queue';

const project = fileURLToPath(new URL('../../..', import.meta.url));

/** Once a process: what a run of tests is about does not change while it runs. */
let linked: Promise<StartedFrom> | undefined;

export interface ServiceProcess {
  readonly process: ChildProcess;
  /** The log so far, one parsed line each. */
  readonly log: readonly Record<string, unknown>[];
  /** The log and what else it wrote, for the message of an assertion about how it ended. */
  said(): string;
  readonly healthUrl: string;
  /** Resolves with the exit code, or null when a signal ended it. */
  readonly ended: Promise<number | null>;
  stop(): Promise<void>;
  kill(): Promise<void>;
}

/** A service that never said that it was ready; `signal` is what ended it, null where it ended by itself. */
export class EndedBeforeReady extends Error {
  readonly signal: NodeJS.Signals | null;

  constructor(how: string, signal: NodeJS.Signals | null, said: string) {
    super(`${how} before it was ready\n${said}`);
    this.signal = signal;
  }
}

/**
 * Starts `services/<name>/main.ts` (or another file, by its path ending in .ts) as its own process, as the fleet does,
 * and resolves once it says that it is ready.
 * @throws EndedBeforeReady with its log when it ends before that
 */
export async function startService(
  name: string,
  options: {
    readonly databaseUrl: string;
    readonly space: QueueSpace;
    readonly env?: Readonly<Record<string, string>>;
    /** For node itself, before the file. */
    readonly execArgv?: readonly string[];
    /** Called with its process number before it has done anything. */
    readonly onSpawn?: (pid: number) => void;
  },
): Promise<ServiceProcess> {
  const file = name.endsWith('.ts') ? name : `services/${name}/main.ts`;
  const entry = resolve(project, file);
  const nodeOptions = [...nodeOptionsOf(entry), ...(options.execArgv ?? [])];
  linked ??= linkedServices(resolve(project));
  const startedFrom = await linked;
  const child = spawn(process.execPath, [...nodeOptions, startedFrom(entry)], {
    cwd: project,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH,
      // Most of the time of a start is compiling, over and over the same files.
      NODE_COMPILE_CACHE: `${project}.ge/compiled`,
      DATABASE_URL: options.databaseUrl,
      REDIS_URL: options.space.redisUrl,
      QUEUE_NAMESPACE: options.space.namespace,
      QUEUE_PARTS: JSON.stringify(options.space.parts ?? {}),
      JOB_LOCK_MS: '2000',
      RELAY_RESEND_MS: '1000',
      // No test finds more owed at one hour of the day than at another.
      RECONCILE_HOUR: 'off',
      ...options.env,
    },
  });
  if (child.pid !== undefined) options.onSpawn?.(child.pid);
  const log: Record<string, unknown>[] = [];
  const errors: string[] = [];
  child.stderr!.on('data', (chunk: Buffer) => errors.push(chunk.toString()));
  const said = () => `${errors.join('')}${JSON.stringify(log, null, 1)}`;
  const ended = once(child, 'exit').then(([code]) => code as number | null);
  const port = await new Promise<number>((resolve, reject) => {
    createInterface({ input: child.stdout! }).on('line', (line) => {
      let entry: Record<string, unknown>;
      try {
        entry = JSON.parse(line) as Record<string, unknown>;
      } catch {
        return;
      }
      log.push(entry);
      if (entry.msg === 'ready') resolve(Number(entry.healthPort));
    });
    void ended.then((code) => reject(new EndedBeforeReady(`${name} ended (${code})`, child.signalCode, said())));
  });
  return {
    process: child,
    log,
    said,
    healthUrl: `http://127.0.0.1:${port}`,
    ended,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
