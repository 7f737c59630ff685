import type { DomesticShipping } from '../fee/domesticShipping.ts';
import type { InternationalFees } from '../fee/feeSchedule.ts';
import type { AddressId, CommandNo, SellerId, TemplateId } from '../identity/ids.ts';
import type { Refusal } from '../refusal/refusal.ts';

export type GeState = 'off' | 'enabled' | 'blocked' | 'deactivated';

/** Where the seller stands in the by-hand path of R7/R8; a step out of order is refused. */
export interface WizardProgress {
  readonly step: 'automation_on' | 'ship_from_chosen' | 'ge_switched_on' | 'reviewed' | 'confirmed';
  /** Digest of the options that the review step returned; confirm must repeat it. */
  readonly digest: string | null;
}

/**
 * The GE commands that have reached a template and may still matter when an older one arrives late.
 * With them the state is the same in any order of arrival: see `geCommandLog.ts`.
 */
export interface GeCommandLog {
  /** The latest deactivation; 0 = none. */
  readonly deactivatedNo: CommandNo;
  /** Activations since then that took effect, ascending; the first began the present time of being enabled. Empty unless enabled. */
  readonly enabledNos: readonly CommandNo[];
}

/** A named set of shipping rules to which SKUs are assigned; feeds call it a merchant shipping group. */
export interface ShippingTemplate {
  readonly id: TemplateId;
  readonly sellerId: SellerId;
  readonly name: string;
  readonly isDefault: boolean;
  readonly geState: GeState;
  /** The command that set `geState`; 0 = never set. A lower number never sets it. */
  readonly geCommandNo: CommandNo;
  readonly geCommandLog: GeCommandLog;
  /** Every missing item while `geState` is `blocked`. */
  readonly blockedBy: readonly Refusal[];
  /** Shipping region automation (SRA) and its two halves; the halves mean nothing while SRA is off. */
  readonly regionAutomation: boolean;
  readonly domesticAutomation: boolean;
  readonly internationalAutomation: boolean;
  readonly shipFrom: readonly AddressId[];
  readonly carrierPreferences: readonly string[];
  readonly domesticShipping: DomesticShipping | null;
  /** Pre-filled by the programme when GE is enabled; the seller may change the amounts only (R10). */
  readonly internationalFees: InternationalFees | null;
  /** The seller's exclusions as applied to this template: regions kept as chosen (R11). */
  readonly excludedDestinations: readonly string[];
  /** Version of the region setting applied; 0 = none. Drift = lower than the seller's current version. */
  readonly appliedSettingVersion: number;
  /** Programme-wide suspensions made visible here, beside the seller's choice (R13). */
  readonly suspendedDestinations: readonly string[];
  /** Version of the programme's suspension list applied; 0 = none. */
  readonly appliedSuspensionVersion: number;
  readonly wizard: WizardProgress | null;
  /** Grows with every change; orders keep the one they were decided on. */
  readonly version: number;
}

/** A former name that feeds may still use, with a warning (R15). */
export interface TemplateAlias {
  readonly sellerId: SellerId;
  readonly name: string;
  readonly templateId: TemplateId;
}
