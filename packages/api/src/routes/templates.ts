import { z } from 'zod';
import { defineRoute } from '../route/route.ts';
import { domesticShipping, zoneFeeChange } from '../schema/fees.ts';
import { finding } from '../schema/finding.ts';
import { changedTemplate, geState, ofTemplate, template } from '../schema/template.ts';
import { addressId, noContent, ofSeller, page, pageQuery, templateId } from '../schema/wire.ts';

const anyone = ['operator', 'producer', 'seller'] as const;
const name = z.string().max(400);

export const createTemplate = defineRoute({
  id: 'templates.create',
  method: 'POST',
  path: '/v1/sellers/{sellerId}/templates',
  scopes: anyone,
  rule: 'R9',
  summary: "A new template without GE; a seller's first one is the default",
  params: ofSeller,
  body: z.strictObject({ name, domesticShipping: domesticShipping.nullable().default(null) }),
  responses: { 201: changedTemplate },
  problems: ['template.name_invalid', 'template.name_taken', 'domestic.standard_missing', 'domestic.rate_model_mixed'],
});

export const templatesPerImport = 200;

const importedTemplate = z.strictObject({
  name,
  isDefault: z.boolean().default(false),
  domesticShipping: domesticShipping.nullable().default(null),
  regionAutomation: z.boolean().default(false),
  domesticAutomation: z.boolean().default(false),
  shipFrom: z.array(addressId).max(50).default([]),
  carrierPreferences: z.array(z.string().max(50)).max(20).default([]),
  wizardStep: z
    .enum(['automation_on', 'ship_from_chosen', 'ge_switched_on', 'reviewed', 'confirmed'])
    .nullable()
    .default(null)
    .meta({ description: 'How far the seller has come by hand; every step up to it is taken and judged' }),
});

export const importTemplates = defineRoute({
  id: 'templates.import',
  method: 'POST',
  path: '/v1/sellers/{sellerId}/templates/import',
  scopes: ['operator', 'producer'],
  rule: ['R7', 'R8', 'R9'],
  summary: 'Takes over up to 200 templates that have no GE yet; each one gets its own result',
  params: ofSeller,
  body: z.strictObject({ templates: z.array(importedTemplate).min(1).max(templatesPerImport) }),
  maxBytes: 4 * 1024 * 1024,
  responses: {
    200: z.object({
      results: z
        .array(
          z.object({
            name: z.string(),
            templateId: templateId.nullable().meta({ description: 'null where it was refused' }),
            refusals: z.array(finding),
            warnings: z.array(finding),
          }),
        )
        .meta({ description: 'In the order sent' }),
    }),
  },
  problems: [],
});

export const listTemplates = defineRoute({
  id: 'templates.list',
  method: 'GET',
  path: '/v1/sellers/{sellerId}/templates',
  scopes: anyone,
  rule: null,
  summary: "A seller's templates, oldest first",
  params: ofSeller,
  query: pageQuery.extend({ geState: geState.optional(), name: name.optional() }),
  responses: { 200: page(template) },
  problems: [],
});

export const getTemplate = defineRoute({
  id: 'templates.get',
  method: 'GET',
  path: '/v1/sellers/{sellerId}/templates/{templateId}',
  scopes: anyone,
  rule: ['R12', 'R13', 'R24'],
  summary: 'One template, its former names, its SKUs and the countries it sells to now',
  params: ofTemplate,
  responses: {
    200: template.extend({
      aliases: z.array(z.string()),
      destinations: z.array(z.string()),
      skus: z.object({ assigned: z.int(), eligible: z.int() }),
    }),
  },
  problems: [],
});

export const renameTemplate = defineRoute({
  id: 'templates.rename',
  method: 'PUT',
  path: '/v1/sellers/{sellerId}/templates/{templateId}/name',
  scopes: anyone,
  rule: 'R15',
  summary: 'Renames a template; feeds may go on using the former name',
  params: ofTemplate,
  body: z.strictObject({ name }),
  responses: { 200: changedTemplate },
  problems: ['template.name_invalid', 'template.name_taken'],
});

export const makeDefault = defineRoute({
  id: 'templates.makeDefault',
  method: 'PUT',
  path: '/v1/sellers/{sellerId}/templates/{templateId}/default',
  scopes: anyone,
  rule: 'R16',
  summary: 'Makes a template the default; SKUs stay where they are',
  params: ofTemplate,
  responses: { 200: changedTemplate },
  problems: [],
});

export const deleteTemplate = defineRoute({
  id: 'templates.delete',
  method: 'DELETE',
  path: '/v1/sellers/{sellerId}/templates/{templateId}',
  scopes: anyone,
  rule: 'R16',
  summary: 'Deletes a template that has no SKUs and is not the default',
  params: ofTemplate,
  responses: { 204: noContent },
  problems: ['template.default_kept', 'template.has_skus'],
});

export const editDomesticShipping = defineRoute({
  id: 'templates.editDomesticShipping',
  method: 'PUT',
  path: '/v1/sellers/{sellerId}/templates/{templateId}/domestic-shipping',
  scopes: anyone,
  rule: 'R9',
  summary: 'Replaces the domestic settings',
  params: ofTemplate,
  body: z.strictObject({ domesticShipping }),
  responses: { 200: changedTemplate },
  problems: ['domestic.standard_missing', 'domestic.rate_model_mixed'],
});

export const editInternational = defineRoute({
  id: 'templates.editInternational',
  method: 'PATCH',
  path: '/v1/sellers/{sellerId}/templates/{templateId}/international',
  scopes: anyone,
  rule: 'R10',
  summary: 'Changes international fees; transit time and countries are managed by the programme and refused',
  params: ofTemplate,
  body: z.strictObject({
    transitTime: z.unknown().optional().meta({ description: 'Managed by the programme: naming it refuses the write' }),
    countries: z.unknown().optional().meta({ description: 'Managed by the programme: naming it refuses the write' }),
    fees: z.array(zoneFeeChange).max(100).optional(),
  }),
  responses: { 200: changedTemplate },
  problems: [
    'template.transit_time_managed',
    'template.countries_managed',
    'template.fee_shape_changed',
    'template.not_enabled',
  ],
});

export const editShipFrom = defineRoute({
  id: 'templates.editShipFrom',
  method: 'PUT',
  path: '/v1/sellers/{sellerId}/templates/{templateId}/ship-from',
  scopes: anyone,
  rule: 'R7',
  summary: 'Changes ship-from addresses and carrier preferences of an enabled template',
  params: ofTemplate,
  body: z.strictObject({
    shipFrom: z.array(addressId).max(100),
    carrierPreferences: z.array(z.string().max(100)).max(100).optional(),
  }),
  responses: { 200: changedTemplate },
  problems: [
    'template.not_enabled',
    'template.ship_from_missing',
    'template.ship_from_unknown',
    'template.ship_from_too_many',
    'template.carrier_preference_invalid',
  ],
});
