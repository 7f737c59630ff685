import { expect, it } from 'vitest';
import { addressRefusals } from '../../src/address/addressRefusals.ts';
import { validateUnitedStatesAddress } from '../../src/address/unitedStatesAddress.ts';
import { refusalCatalogue } from '../../src/refusal/catalogue.ts';
import { describeRefusal } from '../../src/refusal/describe.ts';
import { goodAddress, passingVectors, refusedVectors } from './addressVectors.ts';

const raised = [...refusedVectors, ...passingVectors].flatMap(({ address }) => {
  const decision = validateUnitedStatesAddress({ ...goodAddress, ...address });
  return decision.ok ? decision.warnings : decision.refusals;
});

it('every code of the table is raised by some vector', () => {
  expect([...new Set(raised.map((refusal) => refusal.code))].sort()).toEqual(Object.keys(addressRefusals.texts).sort());
});

it('every refusal is told in both languages with nothing left to fill in', () => {
  for (const refusal of raised) {
    expect(refusalCatalogue).toHaveProperty([refusal.code]);
    for (const locale of ['zh-CN', 'en-US'] as const) {
      const { message, remedy } = describeRefusal(refusal, locale);
      expect(message).not.toMatch(/[{}]/);
      expect(remedy).toMatch(/\S/);
      expect(remedy).not.toMatch(/[{}]/);
    }
  }
});
