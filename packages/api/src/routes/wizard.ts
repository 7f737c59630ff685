import type { CountryCode } from '@ge/domain';
import { z } from 'zod';
import { defineRoute } from '../route/route.ts';
import { accepted } from '../schema/accepted.ts';
import { domesticShipping, internationalFees } from '../schema/fees.ts';
import { changedTemplate, ofTemplate, template } from '../schema/template.ts';
import { addressId, templateId } from '../schema/wire.ts';

const anyone = ['operator', 'producer', 'seller'] as const;
const stepMissing = ['template.step_missing', 'template.already_enabled'] as const;

const shipFromChoice = {
  shipFrom: z.array(addressId).max(100),
  carrierPreferences: z
    .array(z.string().max(100))
    .max(100)
    .optional()
    .meta({ description: 'Left out: skipped. Names switch domestic automation on, an empty list switches it off' }),
};
const digest = z.string().min(1).max(200);

/** The options that the seller confirms, and the digest that confirms them. */
export const review = z
  .object({
    digest: z.string(),
    options: z.object({
      templateId,
      name: z.string(),
      shipFrom: z.array(addressId),
      domesticAutomation: z.boolean(),
      carrierPreferences: z.array(z.string()),
      domesticShipping,
      internationalFees,
      transitTime: z.literal('managed_by_programme'),
      destinations: z.array(z.string() as unknown as z.ZodType<CountryCode, string>),
      excludedDestinations: z.array(z.string()),
      suspendedDestinations: z.array(z.string()),
    }),
  })
  .meta({ id: 'Review' });

export const switchAutomationOn = defineRoute({
  id: 'wizard.switchAutomationOn',
  method: 'POST',
  path: '/v1/sellers/{sellerId}/templates/{templateId}/wizard/automation',
  scopes: anyone,
  rule: 'R7',
  summary: 'Steps 1 and 2: with a valid general address, shipping region automation goes on first',
  params: ofTemplate,
  responses: { 200: changedTemplate },
  problems: [...stepMissing, 'seller.not_in_united_states', 'template.general_address_missing'],
});

export const chooseShipFrom = defineRoute({
  id: 'wizard.chooseShipFrom',
  method: 'POST',
  path: '/v1/sellers/{sellerId}/templates/{templateId}/wizard/ship-from',
  scopes: anyone,
  rule: 'R7',
  summary: 'Step 3: one or several United States addresses; carrier preferences are optional',
  params: ofTemplate,
  body: z.strictObject(shipFromChoice),
  responses: { 200: changedTemplate },
  problems: [
    ...stepMissing,
    'template.ship_from_missing',
    'template.ship_from_unknown',
    'template.ship_from_too_many',
    'template.carrier_preference_invalid',
  ],
});

export const switchGlobalExpressOn = defineRoute({
  id: 'wizard.switchGlobalExpressOn',
  method: 'POST',
  path: '/v1/sellers/{sellerId}/templates/{templateId}/wizard/global-express',
  scopes: anyone,
  rule: 'R8',
  summary: 'Step 4: Enable Global Express',
  params: ofTemplate,
  responses: { 200: changedTemplate },
  problems: stepMissing,
});

export const reviewOptions = defineRoute({
  id: 'wizard.review',
  method: 'POST',
  path: '/v1/sellers/{sellerId}/templates/{templateId}/wizard/review',
  scopes: anyone,
  rule: 'R8',
  summary: 'Step 5: the options that will be confirmed, with their digest',
  params: ofTemplate,
  responses: { 200: z.object({ template, review }) },
  problems: [...stepMissing, 'template.domestic_missing'],
});

export const confirmOptions = defineRoute({
  id: 'wizard.confirm',
  method: 'POST',
  path: '/v1/sellers/{sellerId}/templates/{templateId}/wizard/confirm',
  scopes: anyone,
  rule: 'R8',
  summary: 'Step 6: confirms what was reviewed',
  params: ofTemplate,
  body: z.strictObject({ digest }),
  responses: { 200: changedTemplate },
  problems: [...stepMissing, 'template.digest_stale'],
});

export const saveTemplate = defineRoute({
  id: 'wizard.save',
  method: 'POST',
  path: '/v1/sellers/{sellerId}/templates/{templateId}/wizard/save',
  scopes: anyone,
  rule: 'R8',
  summary: 'Step 7: saves the template with GE enabled',
  params: ofTemplate,
  appendsTo: ['template-propagation'],
  responses: { 202: accepted },
  problems: [...stepMissing, 'template.digest_stale'],
});

export const previewByHand = defineRoute({
  id: 'wizard.preview',
  method: 'POST',
  path: '/v1/sellers/{sellerId}/templates/{templateId}/wizard/preview',
  scopes: anyone,
  rule: ['R7', 'R8'],
  summary: 'All steps up to the review as a dry run',
  params: ofTemplate,
  body: z.strictObject(shipFromChoice),
  responses: { 200: z.object({ review }) },
  problems: [
    ...stepMissing,
    'template.domestic_missing',
    'seller.not_in_united_states',
    'template.general_address_missing',
    'template.ship_from_missing',
    'template.ship_from_unknown',
    'template.ship_from_too_many',
    'template.carrier_preference_invalid',
  ],
});

export const enableByHand = defineRoute({
  id: 'wizard.enable',
  method: 'POST',
  path: '/v1/sellers/{sellerId}/templates/{templateId}/wizard',
  scopes: anyone,
  rule: ['R7', 'R8'],
  summary: 'All steps in one call, all or nothing; with a digest only what was reviewed',
  params: ofTemplate,
  body: z.strictObject({ ...shipFromChoice, digest: digest.optional() }),
  appendsTo: ['template-propagation'],
  responses: { 202: accepted.extend({ review }) },
  problems: [
    ...stepMissing,
    'template.domestic_missing',
    'template.digest_stale',
    'seller.not_in_united_states',
    'template.general_address_missing',
    'template.ship_from_missing',
    'template.ship_from_unknown',
    'template.ship_from_too_many',
    'template.carrier_preference_invalid',
  ],
});
