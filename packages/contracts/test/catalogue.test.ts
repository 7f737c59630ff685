import { catalogue, contractByName, queueNames } from '@ge/contracts';
import { expect, test } from 'vitest';
import frozen from './frozenPayloads.json' with { type: 'json' };

const samples = frozen as Record<string, { payload: object; cursor?: object }[]>;

test('every job has a name of its own and a queue name that BullMQ takes', () => {
  expect(contractByName.size).toBe(catalogue.length);
  for (const { name, queue } of catalogue) {
    expect(name).toMatch(/^[a-z]+(-[a-z]+)+$/);
    expect(queue).toMatch(/^[a-z]+(-[a-z]+)+$/);
  }
  expect(new Set(queueNames).size).toBe(queueNames.length);
});

test.for(catalogue.map((contract) => contract.name))('payloads of %s that were ever accepted still parse', (name) => {
  const contract = contractByName.get(name)!;
  expect(samples[name]?.length).toBeGreaterThan(0);
  for (const { payload, cursor } of samples[name]!) {
    expect(contract.payload.parse(payload)).toEqual(payload);
    if (cursor) expect(contract.cursor!.parse(cursor)).toEqual(cursor);
  }
});

test.for(catalogue.map((contract) => contract.name))('%s refuses what its contract does not name', (name) => {
  const { payload } = samples[name]![0]!;
  const contract = contractByName.get(name)!;
  expect(contract.payload.safeParse({ ...payload, surprise: 1 }).success).toBe(false);
  for (const key of Object.keys(payload)) {
    const { [key]: _, ...rest } = payload as Record<string, unknown>;
    expect(contract.payload.safeParse(rest).success).toBe(false);
  }
});

test('no payload carries personal data: its fields are ids, numbers, codes and template names', () => {
  const fields = new Set(Object.values(samples).flatMap((list) => list.flatMap(({ payload }) => Object.keys(payload))));
  expect([...fields].sort()).toEqual([
    'after',
    'batchId',
    'campaignId',
    'carrierId',
    'commandNo',
    'destination',
    'feedId',
    'invitationId',
    'items',
    'labelId',
    'mailId',
    'orderId',
    'revision',
    'sellerId',
    'shipmentRef',
    'templateId',
    'until',
    'version',
  ]);
});
