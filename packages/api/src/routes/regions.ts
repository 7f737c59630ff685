import type { DestinationCode, DestinationNode } from '@ge/domain';
import { z } from 'zod';
import { defineRoute } from '../route/route.ts';
import { accepted } from '../schema/accepted.ts';
import { drift } from '../schema/template.ts';
import { instant, ofSeller, page, pageQuery, templateId } from '../schema/wire.ts';

const anyone = ['operator', 'producer', 'seller'] as const;

export const destinationNode: z.ZodType<DestinationNode, unknown> = z
  .object({
    kind: z.enum(['region', 'country']),
    code: z.string() as unknown as z.ZodType<DestinationCode, string>,
    en: z.string(),
    zh: z.string(),
    served: z.boolean(),
    servedCount: z.int(),
    get children() {
      return z.array(destinationNode);
    },
  })
  .meta({ id: 'DestinationNode' });

export const listDestinations = defineRoute({
  id: 'regions.destinations',
  method: 'GET',
  path: '/v1/destinations',
  scopes: anyone,
  rule: ['R11', 'R24'],
  summary: 'The destinations to choose from as a tree of regions and countries, in both languages',
  responses: { 200: z.object({ destinations: z.array(destinationNode), servedCountries: z.int() }) },
  problems: [],
});

export const getRegionSetting = defineRoute({
  id: 'regions.getSetting',
  method: 'GET',
  path: '/v1/sellers/{sellerId}/region-setting',
  scopes: anyone,
  rule: ['R11', 'R12'],
  summary: 'The current region setting and how many enabled templates lie behind it',
  params: ofSeller,
  responses: {
    200: z.object({
      version: z.int().meta({ description: '0 = never saved' }),
      excludedDestinations: z.array(z.string()),
      savedAt: instant.nullable(),
      autoApply: z.boolean(),
      enabledTemplates: z.int(),
      driftingTemplates: z.int(),
    }),
  },
  problems: [],
});

export const listDrift = defineRoute({
  id: 'regions.listDrift',
  method: 'GET',
  path: '/v1/sellers/{sellerId}/region-setting/drift',
  scopes: anyone,
  rule: 'R12',
  summary: 'The enabled templates that lie behind the region setting; saving it again ends the drift',
  params: ofSeller,
  query: pageQuery,
  responses: { 200: page(z.object({ templateId, name: z.string(), drift })) },
  problems: [],
});

export const saveRegionSetting = defineRoute({
  id: 'regions.saveSetting',
  method: 'PUT',
  path: '/v1/sellers/{sellerId}/region-setting',
  scopes: anyone,
  rule: ['R11', 'R12'],
  summary: 'Replaces the excluded destinations and removes them from every template that is enabled at this moment',
  params: ofSeller,
  body: z.strictObject({
    excludedDestinations: z
      .array(z.string().max(20))
      .max(1_000)
      .meta({ description: 'Countries `FR` and regions `M49-155`, kept as chosen' }),
  }),
  appendsTo: ['region-fanout'],
  responses: { 202: accepted.extend({ version: z.int(), excludedDestinations: z.array(z.string()) }) },
  problems: [
    'destination.malformed',
    'destination.country_unknown',
    'destination.region_unknown',
    'destination.domestic',
  ],
});

export const setAutoApply = defineRoute({
  id: 'regions.setAutoApply',
  method: 'PUT',
  path: '/v1/sellers/{sellerId}/region-setting/auto-apply',
  scopes: anyone,
  rule: 'R12',
  summary: 'Whether templates enabled later get the current setting at once; changes no template by itself',
  params: ofSeller,
  body: z.strictObject({ autoApply: z.boolean() }),
  responses: { 200: z.object({ autoApply: z.boolean() }) },
  problems: [],
});
