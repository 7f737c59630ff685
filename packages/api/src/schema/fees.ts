import type { ZoneId } from '@ge/domain';
import { z } from 'zod';
import { money } from './wire.ts';

/** How a shipping fee is worked out. Amounts and bands are judged by the rules, not by the schema. */
const feeModel = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('per_item'), perShipment: money, perItem: money }),
    z.strictObject({
      kind: z.literal('per_weight'),
      perShipment: money,
      perUnit: money,
      unit: z.enum(['lb', 'kg']),
    }),
    z.strictObject({
      kind: z.literal('price_banded'),
      bands: z.array(z.strictObject({ from: money, upTo: money.nullable(), fee: money })).max(50),
    }),
  ])
  .meta({ id: 'FeeModel' });

const serviceLevel = z.enum(['standard', 'free_economy', 'expedited', 'two_day', 'one_day']);

/** The domestic half of a template (R9). */
export const domesticShipping = z
  .strictObject({
    serviceLevels: z
      .array(
        z.strictObject({
          level: serviceLevel,
          transitDays: z.strictObject({ min: z.number(), max: z.number() }),
          fee: feeModel,
        }),
      )
      .max(10),
  })
  .meta({ id: 'DomesticShipping' });

const zone = z.string().regex(/^Z\d{1,3}$/) as unknown as z.ZodType<ZoneId, string>;

/** A change of one zone's fee (R10). */
export const zoneFeeChange = z.strictObject({ zone, model: feeModel });

/** The international half of a template: one fee per zone of the schedule it was pre-filled from. */
export const internationalFees = z
  .object({
    scheduleVersion: z.int(),
    zones: z.array(z.object({ zone, model: feeModel, setBy: z.enum(['programme', 'seller']) })),
  })
  .meta({ id: 'InternationalFees' });
