import { describe, expect, test } from 'vitest';
import {
  cancelLabelBatch,
  countStandings,
  type LabelBatch,
  type LabelBatchItemState,
  type LabelBatchStanding,
  type LabelState,
  labelTransitions,
  pauseLabelBatch,
  resumeLabelBatch,
  shownBatchState,
  standingOf,
  standsLike,
} from '../../src/index.ts';
import { codesOf, granted } from '../builders/refused.ts';

const labelStates = Object.keys(labelTransitions) as LabelState[];
const itemStates: readonly LabelBatchItemState[] = ['waiting', 'ordered', 'refused', 'cancelled'];
const standings: readonly LabelBatchStanding[] = [
  'waiting',
  'under_way',
  'parked',
  'bought',
  'voided',
  'refused',
  'cancelled',
];
const labels = [
  null,
  ...labelStates.flatMap((state) => [null, 'batch_cancelled'].map((reason) => ({ state, reason }))),
];

describe('how an item stands', () => {
  test('is what it is looked for by: every item is on the page of its own standing and on no other', () => {
    for (const state of itemStates) {
      for (const label of state === 'ordered' ? labels.slice(1) : [null]) {
        const pages = standings.filter((standing) => {
          const like = standsLike(standing);
          return label
            ? like.labelStates.includes(label.state) &&
                (like.byBatch === null || like.byBatch === (label.reason === 'batch_cancelled'))
            : like.itemStates.includes(state);
        });
        const mayBe = label?.reason === null || label === null || label.state === 'refused';
        if (mayBe) expect(pages).toEqual([standingOf({ state }, label)]);
      }
    }
  });

  test('adds up to the counts of the batch, which is closed when nothing waits and nothing is under way', () => {
    const groups = [
      { state: 'ordered', label: { state: 'purchased', reason: null }, count: 3 },
      { state: 'ordered', label: { state: 'void_refused', reason: null }, count: 1 },
      { state: 'ordered', label: { state: 'refused', reason: 'batch_cancelled' }, count: 2 },
      { state: 'refused', label: null, count: 4 },
    ] as const;
    const counts = countStandings(groups);
    expect(counts).toMatchObject({ bought: 4, cancelled: 2, refused: 4, waiting: 0, under_way: 0 });
    expect(shownBatchState({ state: 'open' }, counts)).toBe('closed');
    expect(shownBatchState({ state: 'cancelled' }, counts)).toBe('cancelled');
    const more = countStandings([...groups, { state: 'waiting', label: null, count: 1 }]);
    expect(shownBatchState({ state: 'paused' }, more)).toBe('paused');
  });
});

test('a batch is paused and goes on as often as one likes, and once cancelled never again', () => {
  const batch = { state: 'open' } as LabelBatch;
  const paused = granted(pauseLabelBatch(granted(pauseLabelBatch(batch))));
  expect(paused.state).toBe('paused');
  expect(granted(resumeLabelBatch(paused)).state).toBe('open');
  const cancelled = cancelLabelBatch(paused);
  expect(cancelLabelBatch(cancelled).state).toBe('cancelled');
  expect(codesOf(resumeLabelBatch(cancelled))).toEqual(['label_batch.cancelled']);
  expect(codesOf(pauseLabelBatch(cancelled))).toEqual(['label_batch.cancelled']);
});
