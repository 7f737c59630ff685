import { z } from 'zod';
import { defineRoute } from '../route/route.ts';
import { accepted } from '../schema/accepted.ts';
import { ofTemplate } from '../schema/template.ts';
import { ofSeller, templateId } from '../schema/wire.ts';

const anyone = ['operator', 'producer', 'seller'] as const;

export const previewDeactivation = defineRoute({
  id: 'deactivation.preview',
  method: 'POST',
  path: '/v1/sellers/{sellerId}/deactivation/preview',
  scopes: anyone,
  rule: ['R19', 'R20', 'R21'],
  summary: 'Which switch would go off in which template, as a dry run, and how many orders stay to be shipped',
  params: ofSeller,
  body: z.strictObject({ templates: z.array(templateId).max(10_000).nullable().default(null) }),
  maxBytes: 1024 * 1024,
  responses: {
    200: z.object({
      templates: z.array(
        z.object({
          templateId,
          name: z.string(),
          branch: z.enum(['international_off', 'region_automation_off']).nullable(),
          skuCount: z.int(),
        }),
      ),
      wouldDeactivate: z.int(),
      skusLost: z.int(),
      pendingOrders: z.int(),
    }),
  },
  problems: ['enrollment.template_unknown', 'enrollment.scope_empty'],
});

export const deactivateAll = defineRoute({
  id: 'deactivation.all',
  method: 'POST',
  path: '/v1/sellers/{sellerId}/deactivation',
  scopes: anyone,
  rule: ['R19', 'R20', 'R21'],
  summary: 'Switches GE off in all templates, each by its own branch; pending orders stay to be shipped',
  params: ofSeller,
  appendsTo: ['template-propagation'],
  evenOverloaded: true,
  responses: { 202: accepted },
  problems: [],
});

export const deactivateTemplate = defineRoute({
  id: 'deactivation.template',
  method: 'POST',
  path: '/v1/sellers/{sellerId}/templates/{templateId}/deactivation',
  scopes: anyone,
  rule: ['R19', 'R20', 'R21'],
  summary: 'Switches GE off in one template',
  params: ofTemplate,
  appendsTo: ['template-propagation'],
  evenOverloaded: true,
  responses: { 202: accepted },
  problems: [],
});
