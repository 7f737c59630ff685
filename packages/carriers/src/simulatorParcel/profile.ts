import type { CarrierProfile } from '../port/carrier.ts';

export const simulatorParcelProfile: CarrierProfile = {
  id: 'simulator-parcel',
  name: 'Simulator Parcel',
  idempotencyKey: true,
  keyLifetimeMs: 30 * 24 * 3_600_000,
  lookUp: true,
  horizonMs: 120_000,
  voidWindowDays: 90,
  labelFormats: ['PDF', 'PNG', 'ZPL203', 'ZPL300'],
  rate: null,
  burst: 1,
  failuresToPause: 10,
  pauseMs: 5_000,
  givesStatement: true,
};
