import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Decision } from '@ge/domain';
import {
  type CommandNo,
  chooseShipFrom,
  confirmOptions,
  createTemplate,
  type EnablementContext,
  type ExportData,
  indexTemplates,
  type RegionSetting,
  renameTemplate,
  reviewOptions,
  type Seller,
  type SellerAddress,
  type ShippingTemplate,
  type Sku,
  type SkuCode,
  type SuspensionList,
  screenSku,
  switchAutomationOn,
  switchGlobalExpressOn,
  type TemplateAlias,
  type TemplateId,
} from '@ge/domain';
import type { Expectation } from '../generate/expected/expectation.ts';
import type { TemplateRecord } from '../generate/records.ts';

export const folder = join(import.meta.dirname, '..');

/** A moment of an ordinary working day; nothing in the examples depends on it. */
export const now = new Date('2026-11-24T18:00:00Z');

export const readJson = <T>(name: string): T => JSON.parse(readFileSync(join(folder, name), 'utf8')) as T;

export const expected = (): Expectation => readJson<Expectation>('expected.json');

export interface SellerRecord extends Omit<Seller, 'regionSettingVersion' | 'commandNo'> {
  readonly addresses: readonly { readonly id: string; readonly address: SellerAddress['address'] }[];
}

export interface SkuRecord {
  readonly sellerId: string;
  readonly sku: string;
  readonly templateId: string;
  readonly title: string;
  readonly exportData: ExportData | null;
}

/** One seller's rows as the rules see them. */
export interface Account {
  seller: Seller;
  readonly addresses: readonly SellerAddress[];
  readonly templates: Map<TemplateId, ShippingTemplate>;
  readonly aliases: TemplateAlias[];
  readonly skus: Map<SkuCode, Sku>;
  setting: RegionSetting | null;
}

export const noSuspensions: SuspensionList = { active: [], version: 0 };

/** The value of a decision that must be an acceptance. */
export function accepted<T>(decision: Decision<T>): T {
  if (!decision.ok) throw new Error(decision.refusals.map(({ code, field }) => `${code} ${field}`).join(', '));
  return decision.value;
}

export const codesOf = (refusals: readonly { readonly code: string }[]): string[] => [
  ...new Set(refusals.map(({ code }) => code)),
];

export const nextCommandNo = (account: Account): CommandNo => {
  account.seller = { ...account.seller, commandNo: account.seller.commandNo + 1 };
  return account.seller.commandNo;
};

export const enablement = (account: Account, commandNo: CommandNo, suspensions = noSuspensions): EnablementContext => ({
  seller: account.seller,
  addresses: account.addresses,
  currentSetting: account.setting,
  suspensions,
  commandNo,
  now,
});

/** Creates the template under its oldest name, renames it, and takes the seller's steps of the wizard one by one. */
export function takeIn(account: Account, record: TemplateRecord): void {
  const { wizard, formerNames, domesticShipping } = record;
  const names = [...formerNames, record.name];
  const existing = () => ({ templates: [...account.templates.values()], aliases: account.aliases });
  let template = accepted(
    createTemplate(
      {
        id: record.id as TemplateId,
        sellerId: account.seller.id,
        name: names[0]!,
        domesticShipping: domesticShipping as ShippingTemplate['domesticShipping'],
      },
      existing(),
    ),
  );
  for (const name of names.slice(1)) {
    const renamed = accepted(renameTemplate(template, name, existing()));
    template = renamed.template;
    if (renamed.alias) account.aliases.push(renamed.alias);
  }
  if (wizard) template = wizardTaken(account, template, wizard);
  account.templates.set(template.id, template);
}

function wizardTaken(
  account: Account,
  start: ShippingTemplate,
  { step, shipFrom, carrierPreferences }: NonNullable<TemplateRecord['wizard']>,
): ShippingTemplate {
  const facts = enablement(account, 0);
  let template = accepted(switchAutomationOn(start, facts));
  if (step === 'automation_on') return template;
  const choice = {
    shipFrom: shipFrom as EnablementContext['seller']['generalAddressId'][] as never,
    carrierPreferences,
  };
  template = accepted(chooseShipFrom(template, choice, facts));
  if (step === 'ship_from_chosen') return template;
  template = accepted(switchGlobalExpressOn(template));
  if (step === 'ge_switched_on') return template;
  const reviewed = accepted(reviewOptions(template, facts));
  if (step === 'reviewed') return reviewed.template;
  return accepted(confirmOptions(reviewed.template, reviewed.review.digest, facts));
}

/** Takes in sellers, templates and SKUs by the rules. */
export function importedAccounts(): ReadonlyMap<string, Account> {
  const accounts = new Map<string, Account>();
  for (const { addresses, ...seller } of readJson<SellerRecord[]>('sellers.json')) {
    accounts.set(seller.id, {
      seller: { ...seller, regionSettingVersion: 0, commandNo: 0 },
      addresses: addresses.map((entry) => ({ ...entry, sellerId: seller.id }) as SellerAddress),
      templates: new Map(),
      aliases: [],
      skus: new Map(),
      setting: null,
    });
  }
  for (const record of readJson<TemplateRecord[]>('templates.json')) takeIn(accounts.get(record.sellerId)!, record);
  for (const record of readJson<SkuRecord[]>('skus.json')) {
    const account = accounts.get(record.sellerId)!;
    const blank: Sku = {
      sellerId: account.seller.id,
      sku: record.sku as SkuCode,
      templateId: record.templateId as TemplateId,
      templateCommandNo: 0,
      title: record.title,
      exportData: null,
      verdict: 'incomplete',
      verdictRule: null,
    };
    account.skus.set(blank.sku, screenSku(blank, record.exportData, now).sku);
  }
  return accounts;
}

export const indexOf = (account: Account) => indexTemplates([...account.templates.values()], account.aliases);
