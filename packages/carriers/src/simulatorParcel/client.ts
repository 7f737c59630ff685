import type { CarrierConnection } from '../http/exchange.ts';
import { HttpCarrier } from '../http/httpCarrier.ts';
import type { CarrierProfile } from '../port/carrier.ts';
import { parcelDialect } from './mapper.ts';
import { simulatorParcelProfile } from './profile.ts';

/** The parcel carrier over HTTP; `profile` overrides what this installation of it promises. */
export const simulatorParcel = (connection: CarrierConnection, profile: Partial<CarrierProfile> = {}): HttpCarrier =>
  new HttpCarrier(parcelDialect({ ...simulatorParcelProfile, ...profile }), connection);
