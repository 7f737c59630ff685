import type { CommandNo, RegionSetting, Suspension, SuspensionId, SuspensionList } from '../../src/index.ts';
import { sellerId } from './aSeller.ts';
import { aMoment } from './moments.ts';

export const aRegionSetting = (
  version: number,
  commandNo: CommandNo,
  excludedDestinations: readonly string[] = ['FR'],
): RegionSetting => ({ sellerId, version, commandNo, excludedDestinations, savedAt: aMoment });

export const aSuspension = (destination: string, change: Partial<Suspension> = {}): Suspension => ({
  id: `sus_${destination}` as SuspensionId,
  destination,
  state: 'active',
  reason: 'The carriers have stopped.',
  version: 1,
  suspendedAt: aMoment,
  liftedAt: null,
  ...change,
});

/** The programme's list at a version. */
export const suspensionsOf = (version: number, ...destinations: readonly string[]): SuspensionList => ({
  active: destinations.map((destination) => aSuspension(destination)),
  version,
});
