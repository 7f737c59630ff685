import { easypost } from './easypost/client.ts';
import type { EasypostTerms } from './easypost/mapper.ts';
import { easypostWebhook } from './easypost/webhook.ts';
import type { CarrierConnection } from './http/exchange.ts';
import type { HttpCarrier } from './http/httpCarrier.ts';
import type { Carrier, CarrierProfile } from './port/carrier.ts';
import type { WebhookDialect } from './port/webhook.ts';
import { simulatorExpress } from './simulatorExpress/client.ts';
import { expressWebhook } from './simulatorExpress/webhook.ts';
import { simulatorParcel } from './simulatorParcel/client.ts';
import { parcelWebhook } from './simulatorParcel/webhook.ts';

const dialects = {
  'simulator-express': simulatorExpress,
  'simulator-parcel': simulatorParcel,
  easypost,
} as const;

export type CarrierId = keyof typeof dialects;

/** How each carrier tells tracking events of its own accord. */
export const webhookDialects: Readonly<Record<CarrierId, WebhookDialect>> = {
  'simulator-express': expressWebhook,
  'simulator-parcel': parcelWebhook,
  easypost: easypostWebhook,
};

export const carrierIds: readonly CarrierId[] = Object.keys(dialects) as CarrierId[];

/** Those that are there unless told otherwise. */
export const simulatorCarrierIds = ['simulator-express', 'simulator-parcel'] as const satisfies readonly CarrierId[];

export interface CarrierSettings extends CarrierConnection {
  readonly id: CarrierId;
  /** What this installation promises where it differs from the carrier's own profile. */
  readonly profile?: Partial<Omit<CarrierProfile, 'id'>> | undefined;
  /** Of EasyPost alone. */
  readonly terms?: EasypostTerms | undefined;
}

export interface CarrierRegistry {
  readonly carriers: readonly Carrier[];
  /** undefined for a carrier that is not configured (any more): its labels can only be parked. */
  carrierById(id: string): Carrier | undefined;
  /** Ends all connections. */
  close(): Promise<void>;
}

/** The carriers this process may buy from. */
export function createCarrierRegistry(settings: readonly CarrierSettings[]): CarrierRegistry {
  const carriers = new Map<string, HttpCarrier>(
    settings.map(({ id, profile, terms, ...connection }) => [id, dialects[id](connection, profile, terms)]),
  );
  return {
    carriers: [...carriers.values()],
    carrierById: (id) => carriers.get(id),
    close: async () => {
      await Promise.all([...carriers.values()].map((carrier) => carrier.close()));
    },
  };
}

/** Both carriers of one simulator. */
export const simulatorCarriers = (connection: CarrierConnection): readonly CarrierSettings[] =>
  simulatorCarrierIds.map((id) => ({ id, ...connection }));
