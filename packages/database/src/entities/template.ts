import type {
  AddressId,
  DomesticShipping,
  GeCommandLog,
  GeState,
  InternationalFees,
  Refusal,
  SellerId,
  TemplateId,
  WizardProgress,
} from '@ge/domain';
import { defineEntity, p } from '@mikro-orm/core';
import { counter, instant, json, key, texts, word } from './columns.ts';

export const ShippingTemplateEntity = defineEntity({
  name: 'ShippingTemplate',
  tableName: 'shipping_templates',
  properties: {
    id: key<TemplateId>().primary(),
    sellerId: key<SellerId>(),
    name: p.text(),
    isDefault: p.boolean(),
    geState: word<GeState>(),
    geCommandNo: counter().default(0),
    geCommandLog: json<GeCommandLog>().defaultRaw(`'{"deactivatedNo":0,"enabledNos":[]}'`),
    blockedBy: json<readonly Refusal[]>().defaultRaw("'[]'"),
    regionAutomation: p.boolean().default(false),
    domesticAutomation: p.boolean().default(false),
    internationalAutomation: p.boolean().default(false),
    shipFrom: texts<AddressId>().defaultRaw("'{}'"),
    carrierPreferences: texts().defaultRaw("'{}'"),
    domesticShipping: json<DomesticShipping>().strictNullable(),
    internationalFees: json<InternationalFees>().strictNullable(),
    excludedDestinations: texts().defaultRaw("'{}'"),
    appliedSettingVersion: p.integer().default(0),
    suspendedDestinations: texts().defaultRaw("'{}'"),
    appliedSuspensionVersion: p.integer().default(0),
    wizard: json<WizardProgress>().strictNullable(),
    version: p.integer().default(1),
    createdAt: instant().defaultRaw('now()'),
  },
  uniques: [{ name: 'shipping_templates_seller_name', properties: ['sellerId', 'name'] }],
  indexes: [
    { name: 'shipping_templates_seller', properties: ['sellerId', 'id'] },
    {
      name: 'shipping_templates_enabled',
      expression: `create index "shipping_templates_enabled" on "shipping_templates" ("id") where ge_state = 'enabled'`,
    },
    {
      name: 'shipping_templates_default',
      expression: `create unique index "shipping_templates_default" on "shipping_templates" ("seller_id") where is_default`,
    },
  ],
});

export const TemplateAliasEntity = defineEntity({
  name: 'TemplateAlias',
  tableName: 'template_aliases',
  primaryKeys: ['sellerId', 'name'],
  properties: {
    sellerId: key<SellerId>().primary(),
    name: p.text().primary(),
    templateId: key<TemplateId>(),
    createdAt: instant().defaultRaw('now()'),
  },
  indexes: [{ name: 'template_aliases_template', properties: ['templateId'] }],
});
