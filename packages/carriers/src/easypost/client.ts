import type { CarrierConnection } from '../http/exchange.ts';
import { HttpCarrier } from '../http/httpCarrier.ts';
import type { CarrierProfile } from '../port/carrier.ts';
import { type EasypostTerms, easypostDialect } from './mapper.ts';
import { easypostProfile } from './profile.ts';

/** EasyPost over HTTP; `profile` overrides what this installation makes of it, `terms` say what its account can do. */
export const easypost = (
  connection: CarrierConnection,
  profile: Partial<CarrierProfile> = {},
  terms: EasypostTerms = { dutyPaidServices: [] },
): HttpCarrier => new HttpCarrier(easypostDialect({ ...easypostProfile, ...profile }, terms), connection);
