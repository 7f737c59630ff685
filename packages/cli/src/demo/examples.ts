import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserMistake } from '../mistake.ts';

interface Amount {
  readonly minor: number;
  readonly currency: 'USD';
}

type Address = Readonly<Record<string, string>>;

export interface ExampleSeller {
  readonly id: string;
  readonly marketplaceId: string;
  readonly country: string;
  readonly name: string;
  readonly email: string;
  readonly locale: 'zh-CN' | 'en-US';
  readonly timeZone: string;
  readonly regionAutoApply: boolean;
  readonly generalAddressId: string | null;
  readonly addresses: readonly { readonly id: string; readonly address: Address }[];
}

export interface ExampleTemplate {
  readonly id: string;
  readonly sellerId: string;
  readonly name: string;
  readonly formerNames: readonly string[];
  readonly isDefault: boolean;
  readonly domesticShipping: unknown;
  readonly wizard: {
    readonly step: string;
    readonly shipFrom: readonly string[];
    readonly carrierPreferences: readonly string[];
  } | null;
}

export interface ExampleSku {
  readonly sellerId: string;
  readonly sku: string;
  readonly templateId: string;
  readonly title: string;
  readonly exportData: unknown;
}

export interface ExampleOrder {
  readonly phase: 'trading' | 'while_suspended' | 'after_lifting';
  readonly sellerId: string;
  readonly id: string;
  readonly isGlobalExpress: boolean;
  readonly destination: string;
  readonly shipTo: Address;
  readonly lines: readonly {
    readonly lineId: string;
    readonly sku: string;
    readonly quantity: number;
    readonly unitPrice: Amount;
  }[];
  readonly handlingDays: number;
  readonly importFeeDeposit: Amount | null;
}

export interface ExampleLabel {
  readonly sellerId: string;
  readonly orderId: string;
  readonly parcelNo: number;
  readonly parcel: unknown;
  readonly format: 'PDF' | 'PNG' | 'ZPL203' | 'ZPL300';
}

export interface ExampleFeed {
  readonly sellerId: string;
  readonly file: string;
  readonly type: 'inventory-loader' | 'product-xml' | 'shipping-confirmation';
}

export interface ExampleStory {
  readonly ignoreInvitation: readonly string[];
  readonly lateTemplates: readonly ExampleTemplate[];
  readonly pageAssignment: {
    readonly sellerId: string;
    readonly items: readonly { readonly sku: string; readonly templateId: string }[];
    readonly oneTooMany: readonly { readonly sku: string; readonly templateId: string }[];
  };
  readonly feeds: Readonly<Record<'inventoryLoader' | 'productFeed' | 'confirmation', ExampleFeed>>;
  readonly suspension: { readonly destination: string; readonly reason: string };
  readonly deactivations: readonly { readonly sellerId: string; readonly templateIds: readonly string[] | null }[];
  readonly labelsAfterDeactivation: readonly ExampleLabel[];
}

/** What must come of each step, as worked out by the generator without the fleet's rules. */
// biome-ignore lint/suspicious/noExplicitAny: the file's own shape, read where it is compared
export type Expected = Readonly<Record<string, any>>;

export interface Examples {
  readonly folder: string;
  readonly sellers: readonly ExampleSeller[];
  readonly templates: readonly ExampleTemplate[];
  readonly skus: readonly ExampleSku[];
  readonly regions: readonly { readonly sellerId: string; readonly excludedDestinations: readonly string[] }[];
  readonly orders: readonly ExampleOrder[];
  readonly labels: readonly ExampleLabel[];
  readonly story: ExampleStory;
  readonly expected: Expected;
}

/** Reads the example files of a folder. @throws UserMistake naming the file that is missing or no JSON */
export function readExamples(folder: string): Examples {
  const read = (name: string) => {
    try {
      return JSON.parse(readFileSync(join(folder, name), 'utf8'));
    } catch (error) {
      throw new UserMistake(`${join(folder, name)} cannot be read: ${(error as Error).message}`);
    }
  };
  return {
    folder,
    sellers: read('sellers.json'),
    templates: read('templates.json'),
    skus: read('skus.json'),
    regions: read('regions.json'),
    orders: read('orders.json'),
    labels: read('labels.json'),
    story: read('story.json'),
    expected: read('expected.json').steps,
  };
}
