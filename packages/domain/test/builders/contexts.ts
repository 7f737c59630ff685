import type { CommandNo, DeactivationContext, EnablementContext } from '../../src/index.ts';
import { aSeller, aSellerAddress } from './aSeller.ts';
import { aMoment } from './moments.ts';

/** What enabling needs, with a valid general address, no region setting and no suspensions. */
export const enablement = (commandNo: CommandNo, change: Partial<EnablementContext> = {}): EnablementContext => ({
  seller: aSeller(),
  addresses: [aSellerAddress()],
  currentSetting: null,
  suspensions: { active: [], version: 0 },
  commandNo,
  now: aMoment,
  ...change,
});

export const deactivation = (commandNo: CommandNo, change: Partial<DeactivationContext> = {}): DeactivationContext => ({
  seller: aSeller(),
  currentSetting: null,
  commandNo,
  ...change,
});
