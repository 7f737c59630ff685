import type { Client } from '@ge/api';
import type { CarrierLedger } from '@ge/audit';
import type { Database } from '@ge/database';
import type { QueueSpace } from '@ge/queue';

/** The fleet that is flooded, as far as it can be reached. */
export interface FleetUnderLoad {
  readonly client: Client;
  /** For requests that no client would make. */
  readonly gateway: { readonly url: string; readonly apiKey: string };
  /** Its database and its Redis; null where the load has only its API, as every other producer. */
  readonly stores: { readonly database: Database; readonly queues: QueueSpace } | null;
  /** The book of the simulator it buys from; null where that cannot be read. */
  readonly ledger: CarrierLedger | null;
  /** Those of its processes that can be seen. */
  readonly processes: readonly FleetProcess[];
  /** It runs on this machine: the cores in use here are what it has. */
  readonly isHere: boolean;
}

export interface FleetProcess {
  readonly name: string;
  /** Another one after each restart; absent where it is not known. */
  readonly pid?: () => number | undefined;
  /** How often it was started again; absent where nobody counts. */
  readonly restarts?: () => number;
  /** Where its `/metrics` are; null for a server. */
  readonly healthUrl: string | null;
}
