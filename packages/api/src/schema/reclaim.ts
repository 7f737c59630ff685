import { z } from 'zod';
import { finding } from './finding.ts';
import { labelId } from './shipment.ts';
import { instant, money } from './wire.ts';

export const reclaimState = z.enum(['requested', 'sent', 'given', 'refused']).meta({
  description:
    '`requested`: the carrier will be asked to void the shipment; `sent`: it may have been asked; `given`: it gives the charge ' +
    'back; `refused`: a person has to ask, or to have it asked again',
});

/** What became of asking a carrier for what it charged beside a label. */
export const reclaim = z
  .object({
    shipmentRef: z.string().meta({ description: 'The shipment that was charged beside the one of the label' }),
    labelId,
    charged: money,
    state: reclaimState,
    refund: money.nullable(),
    problem: finding.nullable().meta({ description: 'Why it was refused; null where it was not' }),
    requestedAt: instant,
    endedAt: instant.nullable(),
  })
  .meta({ id: 'ChargeReclaim' });
