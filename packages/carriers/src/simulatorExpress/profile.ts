import type { CarrierProfile } from '../port/carrier.ts';

export const simulatorExpressProfile: CarrierProfile = {
  id: 'simulator-express',
  name: 'Simulator Express',
  idempotencyKeys: true,
  lookUp: true,
  horizonSeconds: 60,
  labelFormats: ['PDF', 'PNG', 'ZPL203', 'ZPL300'],
};
