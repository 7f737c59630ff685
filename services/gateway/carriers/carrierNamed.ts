import type { Carrier } from '@ge/carriers';
import type { Surroundings } from '../http/handler.ts';
import { found } from '../http/refused.ts';

/** Throws NotFound for a carrier that is not configured here. */
export const carrierNamed = ({ carriers }: Pick<Surroundings, 'carriers'>, carrierId: string): Carrier =>
  found(carriers.carrierById(carrierId));
