import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answered, failingConnection } from '@ge/queue';
import type { ServiceContext } from '@ge/runtime';
import { ShownQueues } from '../board/shownQueues.ts';
import type { OpsConfig } from '../config.ts';
import { registerInvariantMetrics } from '../invariantMetrics.ts';
import { registerQueueMetrics } from '../metrics.ts';
import { overviewReader } from '../overview.ts';
import { Doorkeeper } from '../session/doorkeeper.ts';
import { LoginAttempts } from '../session/loginAttempts.ts';
import { Signer } from '../session/signer.ts';
import { createApp } from './app.ts';
import { CsrfGuard } from './csrf.ts';

export interface Ops {
  readonly port: number;
  /** Takes nothing new, lets what is under way finish. */
  close(): Promise<void>;
}

/** How soon the board shows a name that workers have begun to take from. */
const lookEveryMs = 5_000;

/** Opens the HTTP server of the board and the overview, and registers the metrics of the queues. */
export async function openOps(context: ServiceContext<OpsConfig>): Promise<Ops> {
  const { config, database, logger, space, clock, registry, resources } = context;
  if (config.SESSION_SECRET === undefined) {
    logger.warn('SESSION_SECRET is not set: sessions end when this process does, and no other one accepts them');
  }
  const connection = failingConnection(space);
  resources.add('redis of the board', () => connection.disconnect());
  const queues = new ShownQueues(space, connection);
  await queues.look(database);
  const looking = setInterval(() => void queues.look(database).catch(() => undefined), lookEveryMs);
  resources.add('look at who takes jobs', () => clearInterval(looking));
  const readOverview = overviewReader(database, queues, clock);
  registerQueueMetrics(registry, readOverview);
  registerInvariantMetrics(registry, context);

  const signer = new Signer(config.SESSION_SECRET ?? randomBytes(32).toString('base64url'));
  const limits = { idleMs: config.SESSION_IDLE_MINUTES * 60_000, maxMs: config.SESSION_MAX_MINUTES * 60_000 };
  const door = {
    signer,
    doorkeeper: new Doorkeeper(database, signer, limits),
    attempts: new LoginAttempts(config.LOGIN_ATTEMPTS, config.LOGIN_WINDOW_SECONDS * 1_000),
    csrf: new CsrfGuard(signer),
  };
  const server = createServer(
    { headersTimeout: 10_000, requestTimeout: 30_000, keepAliveTimeout: 10_000 },
    createApp({ context, door, queues, readOverview, pingRedis: () => answered(connection, space, []) }),
  );
  server.listen(config.PORT, config.HOST);
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, close: () => closeServer(server) };
}

async function closeServer(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  // An open board asks again every few seconds on the same connection, so it is closed as soon as it has its answer.
  const idle = setInterval(() => server.closeIdleConnections(), 50);
  await closed;
  clearInterval(idle);
}
