import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SharedGate } from '@ge/carrier-gate';
import { carrierSettings, createCarrierRegistry } from '@ge/carriers';
import { ensureOperatorKey, newId } from '@ge/database';
import { Limits } from '@ge/queue';
import type { ServiceContext } from '@ge/runtime';
import { mountCarrierWebhooks } from '../carrierWebhooks/mountCarrierWebhooks.ts';
import type { GatewayConfig } from '../config.ts';
import { CallerLimits } from '../limits/callerLimits.ts';
import { Overload } from '../overload/overload.ts';
import { mountProgrammePage } from '../programme/mountProgrammePage.ts';
import { Streams } from '../streams/streams.ts';
import { Doorkeeper, hashOfKey } from './access.ts';
import { Admission } from './admission.ts';
import { createApp } from './app.ts';

export type GatewayContext = Pick<
  ServiceContext<GatewayConfig>,
  'config' | 'database' | 'clock' | 'logger' | 'space' | 'registry'
>;

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
  const gate = await SharedGate.open({ ...context, timeoutMs: config.CARRIER_TIMEOUT_MS });
  const carriers = createCarrierRegistry(carrierSettings(config, undefined, gate));
  const limits = await Limits.open(context.space);
  const callerLimits = new CallerLimits(limits, config);
  const overload = new Overload(context);
  await overload.watch();
  const streams = new Streams(context);
  const admission = new Admission(new Doorkeeper(database, callerLimits), callerLimits, overload);
  const server = createServer(
    { headersTimeout: 30_000, requestTimeout: 300_000, keepAliveTimeout: 10_000 },
    createApp({ ...context, carriers, streams, admission }, (app) => {
      mountProgrammePage(app, context, overload);
      mountCarrierWebhooks(app, context, { overload, callerLimits });
    }),
  );
  server.maxRequestsPerSocket = 10_000;
  const closing = closes(server);
  server.listen(config.PORT, config.HOST);
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      streams.close();
      await closing();
      overload.close();
      limits.close();
      await carriers.close();
      gate.close();
    },
  };
}

/** How a server is closed: what it is answering is finished, and connections on which nothing is asked are not waited for. */
function closes(server: Server): () => Promise<void> {
  let answering = 0;
  server.on('request', (_, response) => {
    answering += 1;
    response.once('close', () => {
      answering -= 1;
    });
  });
  return async () => {
    const closed = once(server, 'close');
    server.close();
    // Connections that are kept alive become idle as their last answers go out; Node counts one never asked as busy.
    const sweep = setInterval(() => {
      if (answering > 0) server.closeIdleConnections();
      else server.closeAllConnections();
    }, 20);
    await closed;
    clearInterval(sweep);
  };
}
