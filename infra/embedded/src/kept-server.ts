import { isEnding } from './guard.ts';
import { reservePort } from './ports.ts';
import { logTail, type ServerProcess } from './server-process.ts';
import { SetupProblem } from './setup-problem.ts';

/** A local server that is started again when it dies, at the same port and on the same data. */
export interface KeptServer {
  readonly url: string;
  readonly port: number;
  readonly logFile: string;
  /** Process number of the one running now. */
  readonly pid: number;
  /** Sends a signal to the server itself; where it ends by that it is started again, however often. */
  signal(signal: NodeJS.Signals): void;
  /** Resolves once the server running now has ended. */
  ended(): Promise<void>;
  /** Resolves once the server answers (again). */
  ready(): Promise<void>;
  /** Stops it for good. Safe to call twice. */
  close(): Promise<void>;
}

export interface KeptServerOptions {
  readonly name: string;
  readonly firstPort: number;
  readonly logFile: string;
  /** What the log says when somebody else took the port in the meantime. */
  readonly portTaken: RegExp;
  /** What the log says when an instant later it would have worked. */
  readonly tryAgain?: RegExp;
  readonly url: (port: number) => string;
  /** Clears what an earlier, killed server left; runs before every start. */
  readonly prepare: () => Promise<void>;
  readonly start: (port: number) => ServerProcess;
  readonly isReady: (server: ServerProcess, port: number) => Promise<boolean>;
  readonly onProgress: (line: string) => void;
  /** How long a start may take, recovery of the data included. */
  readonly startDeadlineMs?: number;
}

const POLL_MS = 20;
/** More deaths of its own than this within a minute, and it is left dead: something is wrong that a restart does not cure. */
const DEATHS_PER_MINUTE = 5;

/** Starts a server on the first free port and keeps it running until `close()`. */
export async function keepServer(options: KeptServerOptions): Promise<KeptServer> {
  await options.prepare();
  const first = await startOnFreePort(options);
  const { port } = first;
  let current = first.server;
  let ready: Promise<void> = Promise.resolve();
  let closing = false;
  let deaths: number[] = [];
  let wasSignalled = false;

  const restart = async (): Promise<void> => {
    for (;;) {
      if (!wasSignalled) deaths = [...deaths.filter((at) => at > Date.now() - 60_000), Date.now()];
      wasSignalled = false;
      if (deaths.length > DEATHS_PER_MINUTE) {
        throw new SetupProblem(`${options.name} keeps dying`, `See ${options.logFile}.`);
      }
      options.onProgress(`${options.name} died; starting it again on port ${port}`);
      await options.prepare();
      if (closing) return;
      try {
        current = await startAt(options, port);
        if (closing) return;
        watch(current);
        return;
      } catch (error) {
        options.onProgress(error instanceof Error ? error.message : String(error));
      }
    }
  };

  const watch = (server: ServerProcess): void => {
    void server.ended.then(() => {
      if (closing || isEnding() || server !== current) return;
      ready = restart();
      ready.catch((error: unknown) => options.onProgress(error instanceof Error ? error.message : String(error)));
    });
  };
  watch(current);

  return {
    url: options.url(port),
    port,
    logFile: options.logFile,
    get pid() {
      return current.pid;
    },
    signal: (signal) => {
      wasSignalled = true;
      current.signal(signal);
    },
    ended: () => current.ended,
    ready: () => ready,
    async close() {
      closing = true;
      await ready.catch(() => undefined);
      await current.stop();
      first.release();
    },
  };
}

async function startOnFreePort(
  options: KeptServerOptions,
): Promise<{ server: ServerProcess; port: number; release: () => void }> {
  for (let from = options.firstPort; ; ) {
    const { port, release } = await reservePort(from);
    try {
      return { server: await startAt(options, port), port, release };
    } catch (error) {
      release();
      if (!options.portTaken.test(logTail(options.logFile, 50))) throw error;
      from = port + 1;
    }
  }
}

/** Starts it and waits until it answers; a server that does not is stopped before this throws. */
async function startAt(options: KeptServerOptions, port: number): Promise<ServerProcess> {
  const deadline = Date.now() + (options.startDeadlineMs ?? 60_000);
  for (;;) {
    const server = options.start(port);
    const problem = await answers(options, server, port, deadline);
    if (problem === undefined) return server;
    await server.stop();
    const transient = options.tryAgain?.test(logTail(options.logFile, 50)) ?? false;
    if (!transient || Date.now() > deadline) throw new SetupProblem(problem, `See ${options.logFile}.`);
    await delay(POLL_MS);
  }
}

async function answers(
  options: KeptServerOptions,
  server: ServerProcess,
  port: number,
  deadline: number,
): Promise<string | undefined> {
  while (!(await options.isReady(server, port))) {
    if (server.hasEnded()) {
      const said = logTail(options.logFile, 1);
      return `${options.name} did not start${said ? `: ${said}` : ''}`;
    }
    if (Date.now() > deadline) return `${options.name} does not answer on port ${port}`;
    await delay(POLL_MS);
  }
  return undefined;
}

const delay = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
