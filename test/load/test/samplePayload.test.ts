import { catalogue } from '@ge/contracts';
import type { SellerId, TemplateId } from '@ge/domain';
import { expect, test } from 'vitest';
import { payloadSampler } from '../fleet/samplePayload.ts';

test.each(catalogue.map((contract) => [contract.name, contract] as const))(
  'a payload can be made up for every job of the catalogue: %s',
  (_, contract) => {
    const payload = payloadSampler(contract, { spareTemplate: () => 'T-1' as TemplateId })('S-1' as SellerId, 7);
    expect(contract.payload.safeParse(payload).success).toBe(true);
    if (JSON.stringify(payload).includes('sellerId')) expect(payload).toMatchObject({ sellerId: 'S-1' });
  },
);
