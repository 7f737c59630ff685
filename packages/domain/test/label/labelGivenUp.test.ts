import { expect, test } from 'vitest';
import { giveUpLabel, type LabelDuty, type LabelState, labelTransitions, mayLabelBecome } from '../../src/index.ts';
import { aLabel } from '../builders/aLabel.ts';
import { aMoment } from '../builders/moments.ts';

const becomes: Readonly<Record<LabelDuty, Partial<Record<LabelState, LabelState>>>> = {
  buy: { requested: 'refused', claimed: 'refused', sent: 'parked' },
  find_out: { sent: 'parked', unknown: 'parked' },
  void: { voiding: 'void_refused' },
};

test.for(Object.entries(becomes) as [LabelDuty, Partial<Record<LabelState, LabelState>>][])(
  'a label whose job (%s) is given up is not in its hands any more; one that another job has is left alone',
  ([duty, table]) => {
    for (const state of Object.keys(labelTransitions) as LabelState[]) {
      const label = aLabel({ state, fence: 1, leaseUntil: aMoment });
      const given = giveUpLabel(label, duty, aMoment);
      const next = table[state];
      if (!next) {
        expect(given).toBe(label);
        continue;
      }
      expect(given).toMatchObject({ state: next, reason: 'given_up', leaseUntil: null });
      expect(mayLabelBecome(state, next)).toBe(true);
    }
  },
);
