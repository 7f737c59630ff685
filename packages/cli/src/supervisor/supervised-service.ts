import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { forgetProcess, isEnding, watchProcess } from '@ge/embedded';
import { nodeOptionsOf } from '@ge/embedded/node-options';
import { type Backoff, waitAfter } from './backoff.ts';
import { pollReady } from './health.ts';
import type { FleetEvent, FleetLogLine, ServiceState } from './service-definition.ts';

export interface SupervisedServiceOptions {
  readonly name: string;
  readonly entry: string;
  /** The file Node runs for it. */
  readonly file: string;
  readonly env: NodeJS.ProcessEnv;
  readonly healthUrl: string;
  readonly backoff: Backoff;
  /** Deaths before it was ever ready that are taken as "it cannot start". */
  readonly startAttempts: number;
  readonly readyDeadlineMs: number;
  readonly onLog: (line: FleetLogLine) => void;
  readonly onEvent: (event: FleetEvent) => void;
}

const LINES_KEPT = 20;

/** One service: started, watched, started again when it dies, stopped when asked. */
export class SupervisedService {
  state: ServiceState = 'starting';
  /** How often it was started again. */
  restarts = 0;
  /** Its last lines, for an error text. */
  readonly lastLines: string[] = [];
  private readonly options: SupervisedServiceOptions;
  private child: ChildProcess | undefined;
  private deaths = 0;
  private everReady = false;
  private readySince = 0;
  private pause: NodeJS.Timeout | undefined;
  private gone: Promise<void> = Promise.resolve();
  private readonly firstReady = Promise.withResolvers<void>();

  constructor(options: SupervisedServiceOptions) {
    this.options = options;
    this.firstReady.promise.catch(() => undefined);
  }

  get name(): string {
    return this.options.name;
  }

  /** Process number of the one running now. */
  get pid(): number | undefined {
    return this.child?.pid;
  }

  get healthUrl(): string {
    return this.options.healthUrl;
  }

  /** Starts it; resolves when it is ready for the first time, rejects when it cannot start. */
  start(): Promise<void> {
    this.launch();
    return this.firstReady.promise;
  }

  /** Sends a signal to the process itself; after SIGKILL it is started again like after any other death. */
  signal(signal: NodeJS.Signals): void {
    this.child?.kill(signal);
  }

  /** Resolves once the process running now has ended. */
  ended(): Promise<void> {
    return this.gone;
  }

  /** Stops it for good. @returns false when it had to be killed after `deadlineMs` */
  async stop(deadlineMs: number): Promise<boolean> {
    this.state = 'stopping';
    clearTimeout(this.pause);
    this.firstReady.reject(new Error(`${this.name} was stopped`));
    const child = this.child;
    let inTime = true;
    if (child) {
      child.kill('SIGTERM');
      const timer = setTimeout(() => {
        inTime = false;
        child.kill('SIGKILL');
      }, deadlineMs);
      await this.gone;
      clearTimeout(timer);
    }
    this.state = 'stopped';
    this.tell(inTime ? 'stopped' : 'killed', inTime ? 'stopped' : `killed: it had not stopped after ${deadlineMs} ms`);
    return inTime;
  }

  private launch(): void {
    this.state = 'starting';
    // Its own process group: a Ctrl-C at the terminal reaches only us, and we stop in order.
    const child = spawn(process.execPath, [...nodeOptionsOf(this.options.entry), this.options.file], {
      env: this.options.env,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    this.child = child;
    if (child.pid !== undefined) watchProcess(child.pid, 'SIGTERM');
    for (const stream of ['stdout', 'stderr'] as const) {
      createInterface({ input: child[stream] }).on('line', (line) => this.log(stream, line));
    }
    const { promise, resolve } = Promise.withResolvers<void>();
    this.gone = promise;
    // 'close' rather than 'exit': the last lines are in then.
    child.once('close', (code, signal) => {
      if (child.pid !== undefined) forgetProcess(child.pid);
      this.child = undefined;
      resolve();
      this.died(signal ?? `exit code ${code}`);
    });
    child.once('error', (error) => this.log('stderr', error.message));
    void this.awaitReady(child);
  }

  private async awaitReady(child: ChildProcess): Promise<void> {
    const wanted = () => this.child === child && this.state === 'starting';
    const deadline = this.everReady ? Number.POSITIVE_INFINITY : Date.now() + this.options.readyDeadlineMs;
    if (!(await pollReady(this.options.healthUrl, wanted, deadline))) {
      if (wanted())
        this.firstReady.reject(new Error(`${this.name} is not ready after ${this.options.readyDeadlineMs} ms`));
      return;
    }
    if (!wanted()) return;
    this.state = 'ready';
    this.everReady = true;
    this.readySince = Date.now();
    this.firstReady.resolve();
    this.tell('ready', 'ready');
  }

  private died(how: string): void {
    if (isEnding() || this.state === 'stopping' || this.state === 'stopped') return;
    const { backoff, startAttempts } = this.options;
    const wasSteady = this.state === 'ready' && Date.now() - this.readySince >= backoff.steadyMs;
    this.deaths = wasSteady ? 1 : this.deaths + 1;
    if (!this.everReady && this.deaths >= startAttempts) {
      this.state = 'stopped';
      this.firstReady.reject(new Error(`${this.name} does not start: ${how} ${this.deaths} times`));
      return;
    }
    const wait = waitAfter(this.deaths, backoff);
    this.state = 'waiting';
    this.tell('died', `died (${how}); starting again in ${wait} ms`);
    this.pause = setTimeout(() => {
      this.restarts += 1;
      this.launch();
    }, wait);
  }

  private log(stream: 'stdout' | 'stderr', line: string): void {
    this.lastLines.push(line);
    if (this.lastLines.length > LINES_KEPT) this.lastLines.shift();
    this.options.onLog({ service: this.name, stream, line });
  }

  private tell(kind: FleetEvent['kind'], text: string): void {
    this.options.onEvent({ service: this.name, kind, text });
  }
}
