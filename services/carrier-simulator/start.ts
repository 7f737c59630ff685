import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Express } from 'express';
import { carrierSimulatorApp } from './app.ts';
import { type AbilitiesByCarrier, defaultAbilities } from './desk/abilities.ts';
import { CarrierDesk } from './desk/desk.ts';
import { preparedDocuments, shipmentDocuments } from './documents/shipmentDocuments.ts';
import { easypostWebhooks } from './easypost/webhooks.ts';
import { expressDialect } from './express/expressDialect.ts';
import { type FaultScriptInput, faultScript } from './faults/effect.ts';
import { FaultProgramme } from './faults/faultProgramme.ts';
import { Ledger } from './ledger/ledger.ts';
import { parcelDialect } from './parcel/parcelDialect.ts';
import type { WebhookTargets } from './webhooks/notification.ts';
import { NotificationBook } from './webhooks/notificationBook.ts';
import { Webhooks } from './webhooks/webhooks.ts';
import { LateCharges } from './wire/lateCharges.ts';
import type { CarrierHouse } from './wire/serve.ts';

export interface CarrierSimulatorOptions {
  /** Default 0: a free one. */
  readonly port?: number | undefined;
  /** A second port with the same answers, for a supervisor that asks health elsewhere. */
  readonly healthPort?: number | undefined;
  /** Default 127.0.0.1. */
  readonly host?: string | undefined;
  /** Default `:memory:`. */
  readonly databaseFile?: string | undefined;
  /** Added to every carrier call. Default 0. */
  readonly latencyMs?: number | undefined;
  /** Prints documents once for each kind instead of for each charge. Default false. */
  readonly preparedDocuments?: boolean | undefined;
  /** Without one, ledger, faults, tracking events and abilities answer 401. */
  readonly adminToken?: string | undefined;
  /** Without one, any credential is accepted. */
  readonly apiKey?: string | undefined;
  readonly abilities?: Partial<AbilitiesByCarrier> | undefined;
  /** In force from the start, as if sent to `POST /faults`. */
  readonly faults?: FaultScriptInput | undefined;
  /** Where each carrier tells tracking events; nowhere unless told. */
  readonly webhooks?: WebhookTargets | undefined;
  /** Pause before an event is told again; doubles up to a minute. Default 500. */
  readonly webhookPauseMs?: number | undefined;
  readonly now?: (() => Date) | undefined;
}

export interface CarrierSimulator {
  readonly url: string;
  /** Waits for calls under way up to `graceMs` (default 1000), cuts those that would never end, lets late charges land, closes the book. A second call waits for the first. */
  close(graceMs?: number): Promise<void>;
}

/** Starts both carriers in this process. */
export async function startCarrierSimulator(options: CarrierSimulatorOptions = {}): Promise<CarrierSimulator> {
  const now = options.now ?? (() => new Date());
  const ledger = new Ledger(options.databaseFile ?? ':memory:');
  const desk = new CarrierDesk(ledger, now);
  desk.abilities = { ...defaultAbilities, ...options.abilities };
  const lateCharges = new LateCharges();
  const faults = new FaultProgramme();
  if (options.faults) faults.add(faultScript.parse(options.faults), now());
  const webhooks = new Webhooks({
    book: new NotificationBook(ledger),
    faults,
    dialects: { express: expressDialect, parcel: parcelDialect, easypost: easypostWebhooks(ledger) },
    targets: options.webhooks ?? {},
    firstPauseMs: options.webhookPauseMs ?? 500,
    now,
  });
  desk.onScan = (charge, code, at) => webhooks.announce(charge, code, at);
  const house: CarrierHouse = {
    desk,
    ledger,
    lateCharges,
    webhooks,
    now,
    faults,
    print: options.preparedDocuments ? preparedDocuments() : shipmentDocuments,
    latencyMs: options.latencyMs ?? 0,
    apiKey: options.apiKey,
  };
  const app = carrierSimulatorApp(house, options.adminToken);
  const host = options.host ?? '127.0.0.1';
  const servers: Server[] = [];
  try {
    servers.push(await listen(app, options.port ?? 0, host));
    if (options.healthPort !== undefined) servers.push(await listen(app, options.healthPort, host));
  } catch (error) {
    await Promise.all(servers.map((server) => closeServer(server, 0)));
    await webhooks.close();
    ledger.close();
    throw error;
  }
  const { port } = servers[0]!.address() as AddressInfo;
  let closing: Promise<void> | undefined;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    close: (graceMs = 1_000) => {
      closing ??= Promise.all(servers.map((server) => closeServer(server, graceMs))).then(async () => {
        lateCharges.flush();
        await webhooks.close();
        ledger.close();
      });
      return closing;
    },
  };
}

async function listen(app: Express, port: number, host: string): Promise<Server> {
  const server = createServer(app);
  server.listen(port, host);
  await once(server, 'listening');
  return server;
}

async function closeServer(server: Server, graceMs: number): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeIdleConnections();
  const cut = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearTimeout(cut);
}
