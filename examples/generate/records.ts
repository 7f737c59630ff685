/** What the files hold, one record a line. Ids are those of the marketplace the sellers come from. */

export interface AddressRecord {
  readonly name: string;
  readonly line1: string;
  readonly line2?: string;
  readonly city: string;
  readonly state?: string;
  readonly postalCode?: string;
  readonly country: string;
  readonly phone?: string;
}

export interface Amount {
  readonly minor: number;
  readonly currency: 'USD';
}

export type WizardStep = 'automation_on' | 'ship_from_chosen' | 'ge_switched_on' | 'reviewed' | 'confirmed';

export interface DomesticRecord {
  readonly serviceLevels: readonly {
    readonly level: string;
    readonly transitDays: { readonly min: number; readonly max: number };
    readonly fee: Readonly<Record<string, unknown>>;
  }[];
}

/** How far the seller has come by hand; the choices belong to the step `ship_from_chosen`. */
export interface WizardRecord {
  readonly step: WizardStep;
  readonly shipFrom: readonly string[];
  readonly carrierPreferences: readonly string[];
}

export interface TemplateRecord {
  readonly id: string;
  readonly sellerId: string;
  readonly name: string;
  /** Names it had before, oldest first. */
  readonly formerNames: readonly string[];
  readonly isDefault: boolean;
  readonly domesticShipping: DomesticRecord | null;
  readonly wizard: WizardRecord | null;
}

export interface ExportDataRecord {
  readonly category: string;
  readonly hsCode?: string;
  readonly originCountry?: string;
  readonly weightGrams?: number;
  readonly value?: Amount;
  readonly dangerousGoods?: { readonly unNumber: string; readonly lithium?: Readonly<Record<string, unknown>> };
}

export interface OrderLineRecord {
  readonly lineId: string;
  readonly sku: string;
  readonly quantity: number;
  readonly unitPrice: Amount;
}

/** At which point of the story an order comes in. */
export type OrderPhase = 'trading' | 'while_suspended' | 'after_lifting';

export interface OrderRecord {
  readonly phase: OrderPhase;
  readonly sellerId: string;
  readonly id: string;
  readonly isGlobalExpress: boolean;
  readonly destination: string;
  readonly shipTo: AddressRecord & { readonly email?: string };
  readonly lines: readonly OrderLineRecord[];
  readonly handlingDays: number;
  readonly importFeeDeposit: Amount | null;
}
