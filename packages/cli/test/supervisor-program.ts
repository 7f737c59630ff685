import { fileURLToPath } from 'node:url';
import { startFleet } from '../src/index.ts';

// Starts two fixture services, says their process numbers and stays until it is killed.
const entry = fileURLToPath(new URL('./fixture-service.ts', import.meta.url));
const service = (name: string) => ({ name, entry, tier: 1, ports: { HEALTH_PORT: 24_600 } });
const fleet = await startFleet({
  servers: { databaseUrl: 'postgres://db.example/ge', redisUrl: '', smtpUrl: '' },
  services: [service('one'), service('two')],
});
console.log(JSON.stringify(fleet.services.map(({ process }) => process.pid)));
