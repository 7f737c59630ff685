import { z } from 'zod';
import { domesticShipping, internationalFees } from './fees.ts';
import { finding } from './finding.ts';
import { addressId, instant, sellerId, templateId } from './wire.ts';

export const geState = z.enum(['off', 'enabled', 'blocked', 'deactivated']).meta({ id: 'GeState' });

export const drift = z
  .object({
    drifts: z.boolean(),
    appliedVersion: z.int(),
    currentVersion: z.int(),
  })
  .meta({ id: 'Drift', description: 'How far a template lies behind the region setting (R12); saving again ends it' });

/** A template as it stands. */
export const template = z
  .object({
    id: templateId,
    sellerId,
    name: z.string(),
    isDefault: z.boolean(),
    geState,
    blockedBy: z.array(finding).meta({ description: 'Every missing item while blocked' }),
    regionAutomation: z.boolean(),
    domesticAutomation: z.boolean(),
    internationalAutomation: z.boolean(),
    shipFrom: z.array(addressId),
    carrierPreferences: z.array(z.string()),
    domesticShipping: domesticShipping.nullable(),
    internationalFees: internationalFees.nullable(),
    excludedDestinations: z.array(z.string()),
    appliedSettingVersion: z.int(),
    suspendedDestinations: z.array(z.string()),
    appliedSuspensionVersion: z.int(),
    drift,
    wizard: z.object({ step: z.string(), digest: z.string().nullable() }).nullable(),
    version: z.int(),
    createdAt: instant,
  })
  .meta({ id: 'Template' });

/** A write's answer: the template as it is now, and what should be looked at. */
export const changedTemplate = z.object({ template, warnings: z.array(finding) });

/** The path of one template. */
export const ofTemplate = z.strictObject({ sellerId, templateId });
