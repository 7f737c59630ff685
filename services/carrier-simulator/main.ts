import { type Config, readConfig, webhookTargets } from './config.ts';
import { startCarrierSimulator } from './start.ts';
import type { WebhookTargets } from './webhooks/notification.ts';

const say = (level: 'info' | 'error', msg: string, more: Readonly<Record<string, unknown>> = {}): void =>
  console.log(JSON.stringify({ level, time: new Date().toISOString(), service: 'carrier-simulator', msg, ...more }));

function configured(): Config & { readonly webhooks: WebhookTargets } {
  try {
    const config = readConfig(process.env);
    return { ...config, webhooks: webhookTargets(config) };
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(78);
  }
}

const config = configured();
const simulator = await startCarrierSimulator({
  port: config.PORT,
  healthPort: config.HEALTH_PORT,
  host: config.HOST,
  databaseFile: config.DATABASE_FILE,
  latencyMs: config.LATENCY_MS,
  preparedDocuments: config.PREPARED_DOCUMENTS,
  faults: config.FAULTS,
  webhooks: config.webhooks,
  adminToken: config.ADMIN_TOKEN,
  apiKey: config.API_KEY,
  abilities: {
    express: { idempotencyKeys: config.EXPRESS_IDEMPOTENCY_KEYS, lookUp: config.EXPRESS_LOOK_UP },
    parcel: { idempotencyKeys: config.PARCEL_IDEMPOTENCY_KEYS, lookUp: config.PARCEL_LOOK_UP },
  },
});
say('info', 'ready', { url: simulator.url, admin: config.ADMIN_TOKEN !== undefined });

let stopping = false;
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => {
    if (stopping) return;
    stopping = true;
    say('info', 'stopping', { signal });
    simulator.close().then(
      () => say('info', 'stopped'),
      (error: unknown) => {
        say('error', 'stop failed', { error: error instanceof Error ? error.message : String(error) });
        process.exitCode = 1;
      },
    );
  });
}
