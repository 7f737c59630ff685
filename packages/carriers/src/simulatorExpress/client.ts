import type { CarrierConnection } from '../http/exchange.ts';
import { HttpCarrier } from '../http/httpCarrier.ts';
import type { CarrierProfile } from '../port/carrier.ts';
import { expressDialect } from './mapper.ts';
import { simulatorExpressProfile } from './profile.ts';

/** The express carrier over HTTP; `profile` overrides what this installation of it promises. */
export const simulatorExpress = (connection: CarrierConnection, profile: Partial<CarrierProfile> = {}): HttpCarrier =>
  new HttpCarrier(expressDialect({ ...simulatorExpressProfile, ...profile }), connection);
