import { createClient } from '@ge/api';
import { createCarrierRegistry, type Offer, simulatorCarriers } from '@ge/carriers';
import { forgetProcess, watchProcess } from '@ge/embedded';
import { enquiry, openOwnServers, type ServiceProcess, startService } from '@ge/testkit';
import { CarrierBook } from './carrierBook.ts';
import type { FaultPlan } from './faultScript.ts';

const carrierKey = 'a-carrier-key-for-rehearsals';
const adminToken = 'an-admin-token-for-rehearsals';
const operatorKey = 'an-operator-key-for-rehearsals-0123456789';

/** Locks and leases so short that whoever is stopped past them is overtaken within seconds. */
const hurried = {
  JOB_LOCK_MS: '1000',
  RELAY_RESEND_MS: '500',
  RELAY_INTERVAL_MS: '50',
  RELAY_LEASE_MS: '500',
  CARRIER_TIMEOUT_MS: '1000',
  LEASE_MARGIN_MS: '1200',
  STATEMENT_GRACE_MS: '0',
};
/** How long a stopped process sleeps to have lost its locks, its leases, and everything it held. */
export const pastAllLeasesMs = 2_500;
/** Longer than a claim: a charge that is to come has come by then. */
const horizonMs = 2_500;

/** Those that there are two of, so that one goes on where the other is stopped. */
export type Part = 'relay' | 'label-purchase';

/** Servers and carriers, and fleets on them. */
export type Stage = Awaited<ReturnType<typeof openStage>>;
/** The part of a fleet that buys labels, processes of their own. */
export type StageFleet = Awaited<ReturnType<Stage['fleetOn']>>;

export async function openStage({ abilities }: FaultPlan) {
  const servers = await openOwnServers('ge-rehearse');
  const started: ServiceProcess[] = [];
  const start = async (name: string, databaseUrl: string, namespace: string, env: Readonly<Record<string, string>>) => {
    const space = { redisUrl: servers.redisUrl, namespace };
    let pid = 0;
    const onSpawn = (given: number) => {
      pid = given;
      // Stopped ones among them hear of nothing else.
      watchProcess(pid, 'SIGKILL');
    };
    const service = await startService(name, { databaseUrl, space, env: { ...hurried, ...env }, onSpawn });
    void service.ended.then(() => forgetProcess(pid));
    started.push(service);
    return service;
  };
  const close = async () => {
    await Promise.all(
      started.map((service) => {
        service.process.kill('SIGCONT');
        return service.stop();
      }),
    );
    await servers.close();
  };
  try {
    const simulator = await start('carrier-simulator', servers.databaseUrl, 'rehearse', {
      PORT: '0',
      LATENCY_MS: '20',
      PREPARED_DOCUMENTS: 'true',
      ADMIN_TOKEN: adminToken,
      API_KEY: carrierKey,
      EXPRESS_IDEMPOTENCY_KEYS: String(abilities.express.idempotencyKey),
      EXPRESS_LOOK_UP: String(abilities.express.lookUp),
      PARCEL_IDEMPOTENCY_KEYS: String(abilities.parcel.idempotencyKey),
      PARCEL_LOOK_UP: String(abilities.parcel.lookUp),
    });
    const carrierUrl = String(simulator.log.find(({ url }) => url !== undefined)!.url);
    const carriers = {
      CARRIER_URL: carrierUrl,
      CARRIER_API_KEY: carrierKey,
      CARRIERS: JSON.stringify({
        'simulator-express': { horizonMs, ...abilities.express },
        'simulator-parcel': { horizonMs, ...abilities.parcel },
      }),
    };
    /** A gateway on this database; the other parts are started one by one. `name` keeps its keys in Redis apart. */
    const fleetOn = async (databaseUrl: string, name: string) => {
      const own: ServiceProcess[] = [];
      const startOwn = async (part: string, env: Readonly<Record<string, string>>) => {
        const service = await start(part, databaseUrl, name, env);
        own.push(service);
        return service;
      };
      const gateway = await startOwn('gateway', {
        ...carriers,
        PORT: '0',
        OPERATOR_KEY: operatorKey,
        ENROLLMENT_SECRETS: 'a secret of rehearsals that has more than 32 bytes',
      });
      const port = gateway.log.find(({ msg }) => msg === 'listening')?.port;
      return {
        client: createClient({ baseUrl: `http://127.0.0.1:${port}`, apiKey: operatorKey }),
        /** Starts another process of the part. */
        start: (part: Part) => startOwn(part, carriers),
        /** All of them at once, as when a machine is lost. */
        kill: async () => {
          for (const { process } of own) process.kill('SIGKILL');
          await Promise.all(own.map(({ ended }) => ended));
        },
      };
    };
    return {
      servers,
      book: new CarrierBook(carrierUrl, adminToken),
      offers: () => offersAt(carrierUrl),
      fleetOn,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** One offer of each carrier for the parcel of every order. */
async function offersAt(baseUrl: string): Promise<readonly Offer[]> {
  const registry = createCarrierRegistry(simulatorCarriers({ baseUrl, apiKey: carrierKey }));
  try {
    return await Promise.all(
      registry.carriers.map(async (carrier) => {
        const quote = await carrier.quote(enquiry(), { timeoutMs: 10_000 });
        if (quote.kind !== 'quoted' || !quote.offers[0]) throw new Error(`${carrier.profile.id} made no offer`);
        return quote.offers[0];
      }),
    );
  } finally {
    await registry.close();
  }
}
