import { createClient } from '@ge/api';
import { passingFolder, stateFolder } from '@ge/embedded';
import type { FleetKind, FleetUnderLoad } from '@ge/load';
import { fleetSecrets } from '../fleet-secrets.ts';
import { UserMistake } from '../mistake.ts';
import { checkNamedServers } from '../named-servers.ts';
import { openPassingFleet, type PassingFleet } from '../passing-fleet.ts';
import { projectDir } from '../project.ts';
import { fleetFolder, runningFleet } from '../running-fleet.ts';

/** Which fleet is meant. */
export interface WhichFleet {
  readonly target: string | undefined;
  readonly key: string | undefined;
  /** Where the simulator's book is. */
  readonly carrier: string | undefined;
  /** One of the flood's own, whatever runs here. */
  readonly own: boolean;
  /** What a fleet of its own is told beyond the usual. */
  readonly settings: Readonly<Record<string, string>>;
}

export interface FloodedFleet {
  readonly kind: FleetKind;
  readonly fleet: FleetUnderLoad;
  /** Where the flood keeps its files while it runs. */
  readonly folder: string;
  close(): Promise<void>;
}

/**
 * The fleet at `target`, else the one that runs here, else one of the flood's own. The first two are reached by their API alone,
 * as by any producer. Throws UserMistake for an address or a key that cannot be one.
 */
export async function openFloodedFleet(which: WhichFleet, say: (line: string) => void): Promise<FloodedFleet> {
  if (which.target !== undefined) return elsewhere(which.target, which);
  const here = which.own ? undefined : runningHere();
  if (here) {
    say(`Flooding the fleet that runs here, ${here.gateway.url} (--own starts another one)`);
    return guest('here', here);
  }
  await checkNamedServers({ ...process.env, SMTP_URL: undefined });
  say('Starting a fleet of its own');
  const own = await openPassingFleet('flood', (line) => say(`       ${line}`), {
    settings: { ...generousLimits, ...which.settings },
    backoff: quickRestarts,
  });
  const { openDatabase } = await import('@ge/database');
  const database = await openDatabase({ url: own.databaseUrl, applicationName: 'ge-flood', poolSize: 8 });
  return {
    kind: 'own',
    fleet: ownFleet(own, database),
    folder: own.folder,
    close: async () => {
      await database.close();
      await own.close();
    },
  };
}

/** A load comes from one key and one address: limits meant for thousands of them would be all that is measured. */
const generousLimits = { RATE_LIMIT_OPERATOR: '10000000', UPLOAD_BYTES_PER_MINUTE: '1099511627776' };

/** A flood is short: whoever dies of poison twice is not kept waiting for the third start. */
const quickRestarts = { firstMs: 250, longestMs: 1_000, steadyMs: 30_000 };

async function guest(kind: FleetKind, fleet: FleetUnderLoad): Promise<FloodedFleet> {
  const folder = await passingFolder(stateFolder(projectDir), 'flood');
  return { kind, fleet, folder: folder.path, close: async () => folder.discard() };
}

function elsewhere(target: string, { key = process.env.GE_KEY, carrier }: WhichFleet): Promise<FloodedFleet> {
  const url = addressIn('--target', target);
  if (!key) throw new UserMistake('--target names a fleet, and its operator key is missing: GE_KEY, or --key.');
  const adminToken = process.env.GE_CARRIER_TOKEN;
  if (carrier !== undefined && !adminToken)
    throw new UserMistake('--carrier names the simulator, and its ADMIN_TOKEN is missing: GE_CARRIER_TOKEN.');
  return guest('elsewhere', {
    ...gatewayAt(url, key),
    stores: null,
    ledger: carrier === undefined ? null : { url: addressIn('--carrier', carrier), adminToken: adminToken! },
    processes: [],
    isHere: false,
  });
}

function addressIn(option: string, text: string): string {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol))
    throw new UserMistake(`${option} takes an address such as http://127.0.0.1:8080, not ${text}.`);
  return text.replace(/\/+$/, '');
}

function runningHere(): FleetUnderLoad | undefined {
  const folder = fleetFolder(undefined);
  const running = runningFleet(folder);
  const portOf = (name: string) => running?.services.find((service) => service.name === name)?.ports.PORT;
  const port = portOf('gateway');
  if (!running || port === undefined) return undefined;
  const { operatorKey, carrierAdminToken: adminToken } = fleetSecrets(folder);
  return {
    ...gatewayAt(`http://127.0.0.1:${port}`, process.env.GE_KEY || operatorKey),
    stores: null,
    ledger: { url: `http://127.0.0.1:${portOf('carrier-simulator')}`, adminToken },
    processes: running.services.map(({ name, ports }) => ({
      name,
      healthUrl: `http://127.0.0.1:${ports.HEALTH_PORT}`,
    })),
    isHere: true,
  };
}

const gatewayAt = (url: string, apiKey: string) => ({
  client: createClient({ baseUrl: url, apiKey, locale: 'en-US', fetch: patientFetch }),
  gateway: { url, apiKey },
});

/** Whoever has had no answer for so long gives up: the command may have been accepted. */
const patienceMs = 60_000;

const patientFetch: typeof fetch = (input, init) =>
  fetch(input, { ...init, signal: init?.signal ?? AbortSignal.timeout(patienceMs) });

const ownFleet = (
  { fleet, queues, operatorKey, carrierAdminToken: adminToken, serverPids }: PassingFleet,
  database: NonNullable<FleetUnderLoad['stores']>['database'],
): FleetUnderLoad => ({
  ...gatewayAt(fleet.url('gateway'), operatorKey),
  stores: { database, queues },
  ledger: { url: fleet.url('carrier-simulator'), adminToken },
  processes: [
    ...fleet.services.map(({ name, process: supervised }) => ({
      name,
      pid: () => supervised.pid,
      restarts: () => supervised.restarts,
      healthUrl: fleet.url(name, 'HEALTH_PORT'),
    })),
    { name: 'postgres', pid: () => serverPids.postgres, healthUrl: null },
    { name: 'redis', pid: () => serverPids.redis, healthUrl: null },
  ],
  isHere: true,
});
