import type { Client } from '@ge/api';
import type { Database } from '@ge/database';
import type { Examples } from './examples.ts';

/** What every step works with. */
export interface Demo {
  readonly examples: Examples;
  /** The API with the operator's key. */
  readonly client: Client;
  /** Only looked at: to compare what the fleet wrote with what had to be written. */
  readonly database: Database;
  readonly gatewayUrl: string;
  readonly carrier: { readonly url: string; readonly adminToken: string };
  /** Where the mails lie, and where labels and reports are put. */
  readonly folders: { readonly mails: string; readonly labels: string; readonly reports: string };
  /** Ids in the examples → ids of the fleet. */
  readonly ids: { readonly templates: Map<string, string>; readonly addresses: Map<string, string> };
  /** One line about what is going on within a step. */
  readonly say: (line: string) => void;
}
