import { z } from 'zod';
import { defineRoute } from '../route/route.ts';
import { accepted } from '../schema/accepted.ts';
import { finding } from '../schema/finding.ts';
import { instant, ofSeller, operationId, sellerId, templateId } from '../schema/wire.ts';

const anyone = ['operator', 'producer', 'seller'] as const;
const templates = z
  .array(templateId)
  .max(10_000)
  .nullable()
  .default(null)
  .meta({ description: 'null = all of them (R4)' });

export const enrollment = z
  .object({
    sellerId,
    state: z.enum(['propagating', 'active', 'active_with_blocked', 'deactivated']),
    templateScope: z.array(templateId).nullable(),
    operationId: operationId.nullable(),
    enrolledAt: instant,
    closedAt: instant.nullable(),
  })
  .meta({ id: 'Enrollment' });

export const previewEnrollment = defineRoute({
  id: 'enrollment.preview',
  method: 'POST',
  path: '/v1/sellers/{sellerId}/enrollment/preview',
  scopes: anyone,
  rule: ['R3', 'R4'],
  summary: 'What Enroll would do to each template, as a dry run',
  params: ofSeller,
  body: z.strictObject({ templates }),
  maxBytes: 1024 * 1024,
  responses: {
    200: z.object({
      templates: z.array(
        z.object({
          templateId,
          name: z.string(),
          outcome: z.enum(['would_enable', 'blocked', 'already_enabled']),
          blockedBy: z.array(finding),
          skuCount: z.int(),
        }),
      ),
      wouldEnable: z.int(),
      blocked: z.int(),
      alreadyEnabled: z.int(),
      skusGained: z.int(),
    }),
  },
  problems: ['seller.not_in_united_states', 'enrollment.template_unknown', 'enrollment.scope_empty'],
});

export const enroll = defineRoute({
  id: 'enrollment.enroll',
  method: 'POST',
  path: '/v1/sellers/{sellerId}/enrollment',
  scopes: anyone,
  rule: ['R1', 'R3', 'R4'],
  summary: 'Presses Enroll: consumes the open invitation and enables GE in all templates, or in the named ones',
  params: ofSeller,
  body: z.strictObject({ templates }),
  maxBytes: 1024 * 1024,
  appendsTo: ['template-propagation'],
  responses: { 202: accepted },
  problems: [
    'seller.not_in_united_states',
    'enrollment.not_invited',
    'enrollment.template_unknown',
    'enrollment.scope_empty',
    'invitation.expired',
  ],
});

export const getEnrollment = defineRoute({
  id: 'enrollment.get',
  method: 'GET',
  path: '/v1/sellers/{sellerId}/enrollment',
  scopes: anyone,
  rule: 'R3',
  summary: "The seller's standing and how many templates are in which state",
  params: ofSeller,
  responses: {
    200: z.object({
      enrollment: enrollment.nullable(),
      templates: z.object({ off: z.int(), enabled: z.int(), blocked: z.int(), deactivated: z.int() }),
    }),
  },
  problems: [],
});
