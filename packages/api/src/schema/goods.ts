import { type CountryCode, isCountryCode, type SkuCode, type TemplateId } from '@ge/domain';
import { z } from 'zod';
import { geState } from './template.ts';
import { money, templateId } from './wire.ts';

/** What somebody wrote on one line: no control characters and no broken ones, which no database column takes. */
export const text = (max: number, min = 0) =>
  z
    .string()
    .min(min)
    .max(max)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u);

/** A seller's own code, 1 to 40 bytes. */
export const skuCode = text(40, 1).refine(
  (code) => new TextEncoder().encode(code).length <= 40,
) as unknown as z.ZodType<SkuCode, string>;

export const country = z
  .string()
  .refine(isCountryCode)
  .meta({ description: 'ISO 3166-1 alpha-2' }) as unknown as z.ZodType<CountryCode, string>;

/** A template by its id or by its name, matched exactly (R15). */
export const templateRef = z
  .union([z.strictObject({ id: templateId }), z.strictObject({ name: text(500, 1) })])
  .meta({ id: 'TemplateRef' });

/** The template a SKU stands on. */
export const standsOn = z.object({ id: templateId as z.ZodType<TemplateId, string>, name: z.string(), geState });

const lithium = z.strictObject({
  chemistry: z.enum(['lithium_ion', 'lithium_metal']),
  packing: z.enum(['alone', 'with_equipment', 'in_equipment']),
  form: z.enum(['cell', 'battery']),
  count: z.int().min(1).max(10_000),
  wattHours: z.number().min(0).max(1_000_000).nullish(),
  lithiumGrams: z.number().min(0).max(1_000_000).nullish(),
  netWeightGrams: z.number().min(0).max(1_000_000).nullish(),
  stateOfChargePercent: z.number().min(0).max(100).nullish(),
});

/** What the producer says of a product for crossing a border; a part not yet known is left out or null. */
export const exportData = z
  .strictObject({
    category: text(80),
    hsCode: text(20).nullish(),
    originCountry: text(20).nullish(),
    weightGrams: z.number().min(0).max(10_000_000).nullish(),
    value: money.nullish(),
    dangerousGoods: z.strictObject({ unNumber: text(20), lithium: lithium.nullish() }).nullish(),
  })
  .meta({ id: 'ExportData' });

export const verdict = z.enum(['eligible', 'incomplete', 'restricted', 'prohibited']).meta({ id: 'Verdict' });
