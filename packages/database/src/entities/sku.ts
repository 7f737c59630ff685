import type { EligibilityVerdict, ExportData, SellerId, SkuCode, TemplateId } from '@ge/domain';
import { defineEntity, p } from '@mikro-orm/core';
import { counter, instant, json, key, word } from './columns.ts';

export const SkuEntity = defineEntity({
  name: 'Sku',
  tableName: 'skus',
  primaryKeys: ['sellerId', 'sku'],
  properties: {
    sellerId: key<SellerId>().primary(),
    sku: key<SkuCode>().primary(),
    templateId: key<TemplateId>(),
    templateCommandNo: counter().default(0),
    title: p.text().default(''),
    exportData: json<ExportData>().strictNullable(),
    verdict: word<EligibilityVerdict['verdict']>(),
    verdictRule: p.text().strictNullable(),
    createdAt: instant().defaultRaw('now()'),
  },
  indexes: [{ name: 'skus_template', properties: ['templateId', 'verdict'] }],
});
