import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import type { FleetEvent, FleetLogLine, ServiceDefinition } from '../src/index.ts';
import { type Fleet, type StartFleetOptions, startFleet } from '../src/index.ts';

const entry = fileURLToPath(new URL('./fixture-service.ts', import.meta.url));

/** A service of the fixture program. @param special what it does differently, see fixture-service.ts */
export function fixture(name: string, tier = 1, special = ''): ServiceDefinition {
  return { name, entry, tier, ports: { HEALTH_PORT: 24_400 }, env: () => ({ FIXTURE: special }) };
}

export interface WatchedFleet {
  readonly fleet: Fleet;
  readonly lines: FleetLogLine[];
  readonly events: FleetEvent[];
  /** Waits until an event or log line satisfies the condition. */
  until(holds: () => boolean): Promise<void>;
}

/** Starts a fleet and keeps what it said; it is stopped when the test ends. */
export async function startFixtures(
  services: readonly ServiceDefinition[],
  options: Partial<StartFleetOptions> = {},
): Promise<WatchedFleet> {
  const lines: FleetLogLine[] = [];
  const events: FleetEvent[] = [];
  const waiting = new Set<() => void>();
  const look = () => {
    for (const check of waiting) check();
  };
  const fleet = await startFleet({
    servers: { databaseUrl: 'postgres://db.example/ge', redisUrl: 'redis://r.example', smtpUrl: 'smtp://m.example' },
    services,
    backoff: { firstMs: 20, longestMs: 100, steadyMs: 60_000 },
    onLog: (line) => {
      lines.push(line);
      look();
    },
    onEvent: (event) => {
      events.push(event);
      look();
    },
    ...options,
  });
  onTestFinished(async () => void (await fleet.stop()));
  const until = (holds: () => boolean) =>
    new Promise<void>((resolve) => {
      const check = () => {
        if (!holds()) return;
        waiting.delete(check);
        resolve();
      };
      waiting.add(check);
      check();
    });
  return { fleet, lines, events, until };
}
