import { createClient } from '@ge/api';
import { createCarrierRegistry, type Offer } from '@ge/carriers';
import { forgetProcess, watchProcess } from '@ge/embedded';
import { enquiry, openOwnServers, type ServiceProcess, startService } from '@ge/testkit';
import { CarrierBook } from './carrierBook.ts';
import { carrierVariables, settingsOf } from './carriers.ts';
import type { FaultPlan } from './faultScript.ts';
import { inTurns } from './inTurns.ts';
import { patiently } from './standing.ts';

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
  // Even a small batch is gone through slice by slice, and some of it waits when it is paused or cancelled.
  BATCH_SLICE_ITEMS: '5',
  BATCH_ITEMS_AHEAD: '10',
};
/** How long a stopped process sleeps to have lost its locks, its leases, and everything it held. */
export const pastAllLeasesMs = 2_500;

/** Those that there are two of, so that one goes on where the other is stopped. */
export type Part = 'relay' | 'label-purchase';

/** Servers and carriers, and fleets on them. */
export type Stage = Awaited<ReturnType<typeof openStage>>;
/** The part of a fleet that buys labels, processes of their own. */
export type StageFleet = Awaited<ReturnType<Stage['fleetOn']>>;

export async function openStage(plan: FaultPlan) {
  const { abilities } = plan;
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
    const carriers = carrierVariables(plan, carrierUrl, carrierKey);
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
      /** For so many labels, of each carrier in turn. */
      offers: (labels: number) => offersFor(labels, carriers),
      fleetOn,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** EasyPost sells what it quoted once and is asked for each label; the others sell an offer to whoever names it. */
async function offersFor(labels: number, variables: ReturnType<typeof carrierVariables>): Promise<readonly Offer[]> {
  const registry = createCarrierRegistry(settingsOf(variables));
  const { carriers } = registry;
  const quote = (carrier: (typeof carriers)[number]) =>
    // The carriers may be failing by now.
    patiently(async () => {
      const quoted = await carrier.quote(enquiry(), { timeoutMs: 1_000 });
      if (quoted.kind !== 'quoted' || !quoted.offers[0]) throw new Error(`${carrier.profile.id} made no offer`);
      return quoted.offers[0];
    });
  try {
    const shared = new Map<string, Offer>();
    for (const carrier of carriers) shared.set(carrier.profile.id, await quote(carrier));
    const offers = Array.from({ length: labels }, (_, no) => carriers[no % carriers.length]!).map((carrier) => ({
      carrier,
      offer: shared.get(carrier.profile.id)!,
    }));
    const sold = offers.filter(({ carrier }) => carrier.profile.id === 'easypost');
    await inTurns(sold, async (one) => {
      one.offer = await quote(one.carrier);
    });
    return offers.map(({ offer }) => offer);
  } finally {
    await registry.close();
  }
}
