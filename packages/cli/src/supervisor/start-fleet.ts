import { type ReservedPort, reservePort } from '@ge/embedded';
import { type Backoff, serviceBackoff } from './backoff.ts';
import type {
  FleetAddresses,
  FleetEvent,
  FleetLogLine,
  ServerAddresses,
  ServiceDefinition,
} from './service-definition.ts';
import { SupervisedService } from './supervised-service.ts';

export interface StartFleetOptions {
  readonly servers: ServerAddresses;
  readonly services: readonly ServiceDefinition[];
  /** What Node runs for the entry of a service; the entry itself unless told. */
  readonly startedFrom?: (entry: string) => string;
  /** Environment every service gets; the process's own unless told. */
  readonly env?: NodeJS.ProcessEnv;
  readonly onLog?: (line: FleetLogLine) => void;
  readonly onEvent?: (event: FleetEvent) => void;
  readonly backoff?: Backoff;
  /** Deaths before it was ever ready after which a service counts as unable to start; 3 unless told. */
  readonly startAttempts?: number;
  /** How long a service may take until it is ready for the first time. */
  readonly readyDeadlineMs?: number;
  /** How long a service may take to stop before it is killed; each is told to be done in two thirds of it. */
  readonly stopDeadlineMs?: number;
}

/** A service does not start; the message carries its last lines. */
export class FleetStartProblem extends Error {
  override readonly name = 'FleetStartProblem';
}

export interface FleetService {
  readonly name: string;
  readonly ports: Readonly<Record<string, number>>;
  readonly process: SupervisedService;
}

export interface Fleet {
  readonly services: readonly FleetService[];
  service(name: string): FleetService;
  /** `http://127.0.0.1:<port>` of a service's port, its `PORT` unless another variable is named. */
  url(service: string, variable?: string): string;
  /** Stops the services, highest tier first. @returns the names of those that had to be killed */
  stop(): Promise<readonly string[]>;
}

/**
 * Starts every service as a process of its own and resolves when all are ready. A service that dies later is started
 * again with a growing pause. If one cannot start, all are stopped and the error carries its last lines.
 */
export async function startFleet(options: StartFleetOptions): Promise<Fleet> {
  const stopDeadlineMs = options.stopDeadlineMs ?? 15_000;
  const reserved: ReservedPort[] = [];
  const ports = new Map<string, Record<string, number>>();
  for (const { name, ports: wanted } of options.services) {
    const chosen: Record<string, number> = {};
    for (const [variable, preferred] of Object.entries(wanted)) {
      const port = await reservePort(preferred);
      reserved.push(port);
      chosen[variable] = port.port;
    }
    ports.set(name, chosen);
  }

  const url = (service: string, variable = 'PORT') => {
    const port = ports.get(service)?.[variable];
    if (port === undefined) throw new Error(`No service ${service} with ${variable} is part of this fleet`);
    return `http://127.0.0.1:${port}`;
  };
  const addresses: FleetAddresses = { servers: options.servers, url };
  const services = options.services.map((definition): FleetService & { tier: number } => ({
    name: definition.name,
    tier: definition.tier,
    ports: ports.get(definition.name) ?? {},
    process: new SupervisedService({
      name: definition.name,
      entry: definition.entry,
      file: options.startedFrom?.(definition.entry) ?? definition.entry,
      env: {
        ...(options.env ?? process.env),
        STOP_DEADLINE_MS: String(Math.ceil((stopDeadlineMs * 2) / 3)),
        ...serviceEnvironment(definition, addresses, ports.get(definition.name) ?? {}),
      },
      healthUrl: url(definition.name, 'HEALTH_PORT'),
      backoff: options.backoff ?? serviceBackoff,
      startAttempts: options.startAttempts ?? 3,
      readyDeadlineMs: options.readyDeadlineMs ?? 60_000,
      onLog: options.onLog ?? (() => undefined),
      onEvent: options.onEvent ?? (() => undefined),
    }),
  }));

  let stopped: Promise<readonly string[]> | undefined;
  const stop = () => {
    stopped ??= stopInOrder(services, stopDeadlineMs).finally(() => {
      for (const port of reserved) port.release();
    });
    return stopped;
  };

  try {
    await Promise.all(services.map((service) => service.process.start()));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const culprit = services.find((service) => message.startsWith(`${service.name} `));
    await stop();
    const said = culprit?.process.lastLines.filter(isTelling).slice(-8).join('\n');
    throw new FleetStartProblem(said ? `${message}\n${said}` : message);
  }
  return {
    services,
    service(name) {
      const found = services.find((service) => service.name === name);
      if (!found) throw new Error(`No service ${name} is part of this fleet`);
      return found;
    },
    url,
    stop,
  };
}

/** Not a stack frame, an empty line or Node's signature: what is left names the cause. */
const isTelling = (line: string) => !/^\s*$|^\s+at |^Node\.js v/.test(line);

function serviceEnvironment(
  definition: ServiceDefinition,
  addresses: FleetAddresses,
  ports: Readonly<Record<string, number>>,
): NodeJS.ProcessEnv {
  return {
    DATABASE_URL: addresses.servers.databaseUrl,
    REDIS_URL: addresses.servers.redisUrl,
    SMTP_URL: addresses.servers.smtpUrl,
    ...Object.fromEntries(Object.entries(ports).map(([variable, port]) => [variable, String(port)])),
    ...definition.env?.(addresses),
  };
}

async function stopInOrder(
  services: readonly { readonly tier: number; readonly process: SupervisedService }[],
  deadlineMs: number,
): Promise<readonly string[]> {
  const tiers = [...new Set(services.map((service) => service.tier))].sort((a, b) => b - a);
  const killed: string[] = [];
  for (const tier of tiers) {
    await Promise.all(
      services
        .filter((service) => service.tier === tier)
        .map(async ({ process }) => {
          if (!(await process.stop(deadlineMs))) killed.push(process.name);
        }),
    );
  }
  return killed;
}
