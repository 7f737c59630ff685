import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { carrierSettings, createCarrierRegistry } from '@ge/carriers';
import { ensureOperatorKey, newId } from '@ge/database';
import type { ServiceContext } from '@ge/runtime';
import type { GatewayConfig } from '../config.ts';
import { mountProgrammePage } from '../programme/mountProgrammePage.ts';
import { hashOfKey } from './access.ts';
import { createApp } from './app.ts';

export type GatewayContext = Pick<ServiceContext<GatewayConfig>, 'config' | 'database' | 'clock' | 'logger'>;

export interface Gateway {
  readonly port: number;
  /** Takes nothing new, lets what is under way finish. */
  close(): Promise<void>;
}

/** Opens the HTTP server of the API and the programme page. */
export async function openGateway(context: GatewayContext): Promise<Gateway> {
  const { config, database, clock, logger } = context;
  if (config.OPERATOR_KEY !== undefined) {
    const key = {
      id: newId('key'),
      hash: hashOfKey(config.OPERATOR_KEY),
      scope: 'operator' as const,
      role: 'admin' as const,
      sellerId: null,
      operations: [],
      label: 'first operator key',
      createdAt: clock.now(),
      revokedAt: null,
    };
    if (await ensureOperatorKey(database, key)) logger.info('the first operator key is in force');
  }
  const carriers = createCarrierRegistry(carrierSettings(config));
  const server = createServer(
    { headersTimeout: 10_000, requestTimeout: 300_000, keepAliveTimeout: 10_000 },
    createApp({ ...context, carriers }, (app) => mountProgrammePage(app, context)),
  );
  server.maxRequestsPerSocket = 10_000;
  server.listen(config.PORT, config.HOST);
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      await closeServer(server);
      await carriers.close();
    },
  };
}

async function closeServer(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  // Connections that are kept alive become idle as their last answers go out.
  const sweep = setInterval(() => server.closeIdleConnections(), 20);
  await closed;
  clearInterval(sweep);
}
