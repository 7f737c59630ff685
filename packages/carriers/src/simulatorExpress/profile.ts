import type { CarrierProfile } from '../port/carrier.ts';

export const simulatorExpressProfile: CarrierProfile = {
  id: 'simulator-express',
  name: 'Simulator Express',
  idempotencyKey: true,
  keyLifetimeMs: 30 * 24 * 3_600_000,
  lookUp: true,
  horizonMs: 60_000,
  voidWindowDays: 30,
  labelFormats: ['PDF', 'PNG', 'ZPL203', 'ZPL300'],
  rate: null,
  burst: 1,
  failuresToPause: 10,
  pauseMs: 5_000,
  givesStatement: true,
};
