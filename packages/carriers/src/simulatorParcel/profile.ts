import type { CarrierProfile } from '../port/carrier.ts';

export const simulatorParcelProfile: CarrierProfile = {
  id: 'simulator-parcel',
  name: 'Simulator Parcel',
  idempotencyKeys: true,
  lookUp: true,
  horizonSeconds: 120,
  labelFormats: ['PDF', 'PNG', 'ZPL203', 'ZPL300'],
};
