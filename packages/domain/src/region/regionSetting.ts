import type { CommandNo, SellerId, SuspensionId } from '../identity/ids.ts';

/** One saved version of a seller's excluded destinations (R11); saving replaces the whole list. */
export interface RegionSetting {
  readonly sellerId: SellerId;
  /** 1, 2, 3 … per seller. */
  readonly version: number;
  readonly commandNo: CommandNo;
  /** Regions and countries as chosen, sorted; not only the countries they expand to. */
  readonly excludedDestinations: readonly string[];
  readonly savedAt: Date;
}

export type SuspensionState = 'active' | 'lifted';

/** A destination stopped for the whole programme (R13). */
export interface Suspension {
  readonly id: SuspensionId;
  /** A country or region code. */
  readonly destination: string;
  readonly state: SuspensionState;
  readonly reason: string;
  /** The programme's suspension-list version that this change made. */
  readonly version: number;
  readonly suspendedAt: Date;
  readonly liftedAt: Date | null;
}
