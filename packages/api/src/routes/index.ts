import type { Route } from '../route/route.ts';
import * as addresses from './addresses.ts';
import * as apiKeys from './apiKeys.ts';
import * as audit from './audit.ts';
import * as backlog from './backlog.ts';
import * as carriers from './carriers.ts';
import * as deactivation from './deactivation.ts';
import * as deadMessages from './deadMessages.ts';
import * as enrollment from './enrollment.ts';
import * as feeds from './feeds.ts';
import * as inquiries from './inquiries.ts';
import * as invitations from './invitations.ts';
import * as labelBatches from './labelBatches.ts';
import * as labels from './labels.ts';
import * as ledger from './ledger.ts';
import * as messages from './messages.ts';
import * as operations from './operations.ts';
import * as orders from './orders.ts';
import * as pauses from './pauses.ts';
import * as quotes from './quotes.ts';
import * as reclaims from './reclaims.ts';
import * as regions from './regions.ts';
import * as safeguards from './safeguards.ts';
import * as sellers from './sellers.ts';
import * as skus from './skus.ts';
import * as suspensions from './suspensions.ts';
import * as templates from './templates.ts';
import * as trackingEvents from './trackingEvents.ts';
import * as why from './why.ts';
import * as wizard from './wizard.ts';

/** The routes by noun, for callers: `routes.operations.getOperation`. A new noun is one import and one line here. */
export const routes = {
  sellers,
  addresses,
  invitations,
  inquiries,
  enrollment,
  templates,
  wizard,
  regions,
  deactivation,
  suspensions,
  skus,
  feeds,
  orders,
  quotes,
  labels,
  labelBatches,
  trackingEvents,
  safeguards,
  ledger,
  reclaims,
  operations,
  apiKeys,
  backlog,
  carriers,
  pauses,
  deadMessages,
  messages,
  why,
  audit,
} as const;

const isRoute = (value: unknown): value is Route =>
  typeof value === 'object' && value !== null && 'path' in value && 'scopes' in value && 'responses' in value;

/** Every route of the API. The document, the server's table and the access tests are derived from this list. */
export const routeCatalogue: readonly Route[] = Object.values(routes).flatMap((noun) =>
  Object.values<unknown>(noun).filter(isRoute),
);
