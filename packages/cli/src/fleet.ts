import { createHmac } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { FleetSecrets } from './fleet-secrets.ts';
import { projectDir } from './project.ts';
import type { FleetAddresses, ServiceDefinition } from './supervisor/service-definition.ts';

export interface FleetFacts {
  /** Where services keep files of their own; see `openFleetServers`. */
  readonly dataDir: string;
  readonly secrets: FleetSecrets;
}

interface Stanza extends Omit<ServiceDefinition, 'entry' | 'env'> {
  /** What this service is told beyond the servers and its ports. */
  readonly env?: (facts: FleetFacts, fleet: FleetAddresses) => Readonly<Record<string, string>>;
}

const carrier = ({ secrets }: FleetFacts, { url }: FleetAddresses) => ({
  CARRIER_URL: url('carrier-simulator'),
  CARRIER_API_KEY: secrets.carrierKey,
});

/** Derived, so that a fleet whose secrets were drawn before carriers told anything has them, too. */
const webhookSecret = (carrier: string, { secrets }: FleetFacts): string =>
  createHmac('sha256', secrets.carrierKey).update(`webhooks of ${carrier}`).digest('base64url');

/** Where the simulator's carriers tell tracking events, and what they sign them with. */
const tells = (facts: FleetFacts, { url }: FleetAddresses) => ({
  EXPRESS_WEBHOOK_URL: `${url('gateway')}/carrier-webhooks/simulator-express`,
  EXPRESS_WEBHOOK_KEY: `fleet:${webhookSecret('express', facts)}`,
  PARCEL_WEBHOOK_URL: `${url('gateway')}/carrier-webhooks/simulator-parcel`,
  PARCEL_WEBHOOK_KEY: `fleet:${webhookSecret('parcel', facts)}`,
  EASYPOST_WEBHOOK_URL: `${url('gateway')}/carrier-webhooks/easypost`,
  EASYPOST_WEBHOOK_KEY: `fleet:${webhookSecret('easypost', facts)}`,
});

const listens = (facts: FleetFacts) => ({
  CARRIER_WEBHOOK_KEYS: JSON.stringify({
    'simulator-express': { fleet: webhookSecret('express', facts) },
    'simulator-parcel': { fleet: webhookSecret('parcel', facts) },
    easypost: { fleet: webhookSecret('easypost', facts) },
  }),
});

const enrollmentLinks = ({ secrets }: FleetFacts, { url }: FleetAddresses) => ({
  ENROLLMENT_SECRETS: secrets.enrollmentSecret,
  PUBLIC_URL: url('gateway'),
});

/**
 * Every process of the fleet. Tiers: 1 what workers call, 2 the relay and the workers, 3 what takes requests in; a
 * stopping fleet takes nothing new in before it lets the workers finish. Ports are the first to try.
 */
const stanzas: readonly Stanza[] = [
  {
    name: 'carrier-simulator',
    tier: 1,
    ports: { PORT: 8090, HEALTH_PORT: 9400 },
    env: (facts, fleet) => ({
      DATABASE_FILE: join(facts.dataDir, 'carrier', 'ledger.db'),
      API_KEY: facts.secrets.carrierKey,
      ADMIN_TOKEN: facts.secrets.carrierAdminToken,
      ...tells(facts, fleet),
    }),
  },
  { name: 'relay', tier: 2, ports: { HEALTH_PORT: 9401 } },
  { name: 'enrollment-invitations', tier: 2, ports: { HEALTH_PORT: 9402 }, env: enrollmentLinks },
  { name: 'template-propagation', tier: 2, ports: { HEALTH_PORT: 9403 } },
  { name: 'region-fanout', tier: 2, ports: { HEALTH_PORT: 9404 } },
  { name: 'sku-assignment', tier: 2, ports: { HEALTH_PORT: 9405 } },
  { name: 'label-purchase', tier: 2, ports: { HEALTH_PORT: 9406 }, env: carrier },
  {
    name: 'gateway',
    tier: 3,
    ports: { PORT: 8080, HEALTH_PORT: 9407 },
    env: (facts, fleet) => ({
      ...carrier(facts, fleet),
      ...listens(facts),
      ...enrollmentLinks(facts, fleet),
      OPERATOR_KEY: facts.secrets.operatorKey,
    }),
  },
  {
    name: 'ops',
    tier: 3,
    ports: { PORT: 8081, HEALTH_PORT: 9408 },
    env: ({ secrets }) => ({ SESSION_SECRET: secrets.sessionSecret }),
  },
];

/** The services of this checkout: those of the table that have a `main.ts`, ready for `startFleet`. */
export function fleetServices(facts: FleetFacts): ServiceDefinition[] {
  mkdirSync(join(facts.dataDir, 'carrier'), { recursive: true });
  return stanzas
    .map(({ env, ...stanza }) => ({
      ...stanza,
      entry: join(projectDir, 'services', stanza.name, 'main.ts'),
      ...(env ? { env: (fleet: FleetAddresses) => env(facts, fleet) } : {}),
    }))
    .filter(({ entry }) => existsSync(entry));
}
