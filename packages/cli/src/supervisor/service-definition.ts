/** Addresses of the fleet's servers, as `openFleetServers` answers them. */
export interface ServerAddresses {
  readonly databaseUrl: string;
  readonly redisUrl: string;
  readonly smtpUrl: string;
}

/** What a service may be told about the others. */
export interface FleetAddresses {
  readonly servers: ServerAddresses;
  /** `http://127.0.0.1:<port>` of a service's port, its `PORT` unless another variable is named. */
  url(service: string, variable?: string): string;
}

/**
 * One process of the fleet. Every service serves /live, /ready and /metrics on HEALTH_PORT, logs JSON lines to its
 * standard output and stops on SIGTERM.
 */
export interface ServiceDefinition {
  readonly name: string;
  /** Its first file. */
  readonly entry: string;
  /** Services of a higher tier are stopped before those of a lower one. */
  readonly tier: number;
  /** Environment variable → first port to try. HEALTH_PORT is required. */
  readonly ports: { readonly HEALTH_PORT: number; readonly [variable: string]: number };
  /** Further environment, worked out once all ports are known. */
  readonly env?: (fleet: FleetAddresses) => Readonly<Record<string, string>>;
}

export type ServiceState = 'starting' | 'ready' | 'waiting' | 'stopping' | 'stopped';

export interface FleetLogLine {
  readonly service: string;
  readonly stream: 'stdout' | 'stderr';
  readonly line: string;
}

/** What the supervisor itself has to say. */
export interface FleetEvent {
  readonly service: string;
  readonly kind: 'ready' | 'died' | 'killed' | 'stopped';
  /** One line for people. */
  readonly text: string;
}
