import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { projectDir } from './project.ts';
import type { ServiceDefinition } from './supervisor/service-definition.ts';

type Stanza = Omit<ServiceDefinition, 'entry'>;

/**
 * Every process of the fleet. Tiers: 1 what workers call, 2 the relay and the workers, 3 what takes requests in; a
 * stopping fleet takes nothing new in before it lets the workers finish. Ports are the first to try.
 */
const stanzas: readonly Stanza[] = [
  { name: 'carrier-simulator', tier: 1, ports: { PORT: 8090, HEALTH_PORT: 9400 } },
  { name: 'relay', tier: 2, ports: { HEALTH_PORT: 9401 } },
  { name: 'enrollment-invitations', tier: 2, ports: { HEALTH_PORT: 9402 } },
  { name: 'template-propagation', tier: 2, ports: { HEALTH_PORT: 9403 } },
  { name: 'region-fanout', tier: 2, ports: { HEALTH_PORT: 9404 } },
  { name: 'sku-assignment', tier: 2, ports: { HEALTH_PORT: 9405 } },
  { name: 'label-purchase', tier: 2, ports: { HEALTH_PORT: 9406 } },
  { name: 'gateway', tier: 3, ports: { PORT: 8080, HEALTH_PORT: 9407 } },
  { name: 'ops', tier: 3, ports: { PORT: 8081, HEALTH_PORT: 9408 } },
];

/** The services of this checkout: those of the table that have a `main.ts`. */
export function fleetServices(): ServiceDefinition[] {
  return stanzas
    .map((stanza) => ({ ...stanza, entry: join(projectDir, 'services', stanza.name, 'main.ts') }))
    .filter(({ entry }) => existsSync(entry));
}
