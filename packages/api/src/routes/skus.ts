import { z } from 'zod';
import { defineRoute } from '../route/route.ts';
import { accepted } from '../schema/accepted.ts';
import { finding } from '../schema/finding.ts';
import { exportData, skuCode, standsOn, templateRef, text, verdict } from '../schema/goods.ts';
import { geState } from '../schema/template.ts';
import { instant, ofSeller, page, pageQuery, sellerId, templateId } from '../schema/wire.ts';

const anyone = ['operator', 'producer', 'seller'] as const;

export const skusPerImport = 1_000;

/** Beyond the limit of R14, so that a list which is too long is refused by its rule and not by its shape. */
const longestList = 10_000;

const sku = z
  .object({
    sellerId,
    sku: skuCode,
    title: z.string(),
    template: standsOn,
    verdict,
    verdictRule: z.string().nullable(),
    exportable: z.boolean().meta({ description: 'Its template is GE-enabled (R4) and the product passes (R5)' }),
    createdAt: instant,
  })
  .meta({ id: 'Sku' });

export const importSkus = defineRoute({
  id: 'skus.import',
  method: 'PUT',
  path: '/v1/sellers/{sellerId}/skus',
  scopes: ['operator', 'producer'],
  rule: ['R5', 'R16'],
  summary: 'Adds SKUs or brings them up to date, up to 1,000 at once; each is screened and gets its own result',
  params: ofSeller,
  body: z.strictObject({
    skus: z
      .array(
        z.strictObject({
          sku: skuCode,
          title: text(500).default(''),
          template: templateRef
            .nullable()
            .default(null)
            .meta({ description: 'Where a new SKU begins; null = the default template. One that exists stays' }),
          exportData: exportData.nullable().default(null),
        }),
      )
      .min(1)
      .max(skusPerImport)
      .refine((skus) => new Set(skus.map((entry) => entry.sku)).size === skus.length, { error: 'each SKU once' }),
  }),
  maxBytes: 4 * 1024 * 1024,
  responses: {
    200: z.object({
      counts: z.object({ created: z.int(), updated: z.int(), unchanged: z.int(), refused: z.int() }),
      results: z
        .array(
          z.object({
            sku: skuCode,
            outcome: z.enum(['created', 'updated', 'unchanged', 'refused']),
            templateId: templateId.nullable(),
            verdict: verdict.nullable(),
            verdictRule: z.string().nullable(),
            findings: z.array(finding).meta({ description: 'Everything the screening found' }),
            refusals: z.array(finding).meta({ description: 'Why it was not taken' }),
          }),
        )
        .meta({ description: 'In the order sent' }),
    }),
  },
  problems: [],
});

export const listSkus = defineRoute({
  id: 'skus.list',
  method: 'GET',
  path: '/v1/sellers/{sellerId}/skus',
  scopes: anyone,
  rule: 'R4',
  summary: "A seller's SKUs in code order, of one template or all",
  params: ofSeller,
  query: pageQuery.extend({ templateId: templateId.optional() }),
  responses: { 200: page(sku) },
  problems: [],
});

export const getSku = defineRoute({
  id: 'skus.get',
  method: 'GET',
  path: '/v1/sellers/{sellerId}/skus/{sku}',
  scopes: anyone,
  rule: ['R4', 'R5'],
  summary: 'One SKU, whether it is sold abroad from where it stands, and every reason if not',
  params: ofSeller.extend({ sku: skuCode }),
  responses: {
    200: sku.extend({
      exportData: exportData.nullable(),
      reasons: z.array(finding).meta({ description: 'Why it is not exportable; empty when it is' }),
      findings: z.array(finding).meta({ description: 'What the screening says of the product at this moment' }),
    }),
  },
  problems: [],
});

export const assignSkus = defineRoute({
  id: 'skus.assign',
  method: 'POST',
  path: '/v1/sellers/{sellerId}/skus/assignments',
  scopes: anyone,
  rule: ['R14', 'R16'],
  summary: "Moves up to 50 SKUs to templates; each item's result stands in the operation",
  params: ofSeller,
  body: z.strictObject({ items: z.array(z.strictObject({ sku: skuCode, template: templateRef })).max(longestList) }),
  maxBytes: 4 * 1024 * 1024,
  appendsTo: ['sku-assignment'],
  responses: { 202: accepted },
  problems: ['edit.limit_exceeded', 'edit.empty'],
});

export const removeFromExport = defineRoute({
  id: 'skus.removeFromExport',
  method: 'POST',
  path: '/v1/sellers/{sellerId}/skus/removals',
  scopes: anyone,
  rule: ['R14', 'R16'],
  summary: 'Takes up to 50 SKUs out of export: to the named template without GE, else to the default one',
  params: ofSeller,
  body: z.strictObject({
    skus: z.array(skuCode).max(longestList),
    target: templateRef.nullable().default(null),
  }),
  maxBytes: 1024 * 1024,
  appendsTo: ['sku-assignment'],
  responses: { 202: accepted },
  problems: [
    'edit.limit_exceeded',
    'edit.empty',
    'sku.template_unknown',
    'removal.target_exports',
    'removal.needs_target',
    'removal.no_default',
  ],
});

export const copyDomesticOnly = defineRoute({
  id: 'skus.copyDomesticOnly',
  method: 'POST',
  path: '/v1/templates/{templateId}/domestic-copy',
  scopes: anyone,
  rule: 'R16',
  summary: 'Makes a copy of a template without anything international, for SKUs that leave export',
  params: z.strictObject({ templateId }),
  body: z.strictObject({ name: z.string().max(400).optional() }).default({}),
  responses: {
    201: z.object({ id: templateId, sellerId, name: z.string(), isDefault: z.boolean(), geState, version: z.int() }),
  },
  problems: ['template.name_invalid', 'template.name_taken'],
});
