import type { Client } from '@ge/api';
import type { Database } from '@ge/database';
import type { QueueSpace } from '@ge/queue';

/** The fleet that is flooded, as whoever started it knows it. */
export interface FleetUnderLoad {
  readonly client: Client;
  /** For requests that no client would make. */
  readonly gateway: { readonly url: string; readonly apiKey: string };
  readonly database: Database;
  readonly queues: QueueSpace;
  /** The simulator's: money is never spent on a load. */
  readonly carrier: { readonly url: string; readonly adminToken: string };
  readonly processes: readonly FleetProcess[];
}

export interface FleetProcess {
  readonly name: string;
  /** Another one after each restart. */
  readonly pid: () => number | undefined;
  /** How often it was started again; absent for a server. */
  readonly restarts?: () => number;
  /** Where its `/metrics` are; null for a server. */
  readonly healthUrl: string | null;
}
