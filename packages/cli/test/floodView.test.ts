import { expect, test } from 'vitest';
import { inLines } from '../src/flood/liveView.ts';

const progress = {
  phase: 'load',
  share: 0.5,
  started: 120,
  underWay: 3,
  dropped: 0,
  answeredPerSecond: 39.6,
  p50: 12.4,
  p99: 80,
  backlog: { 'label-purchase': 5, 'sku-assignment': 20, relay: 0 },
} as const;

test('the view of a flood shows progress, rates, percentiles, and a bar for each queue with a backlog, the longest first', () => {
  const lines = inLines(progress, 200);
  expect(lines).toHaveLength(6);
  expect(lines[0]).toContain('50 %');
  expect(lines[1]).toContain('40/s answered');
  expect(lines[3]).toBe('backlog  25');
  expect(lines[4]).toMatch(/sku-assignment +█{20} 20$/);
  expect(lines[5]).toMatch(/label-purchase +█{5}░{15} 5$/);
});

test('a search says which rate it tries', () => {
  expect(inLines({ ...progress, rate: 40 }, 200)[0]).toMatch(/^load at 40\/s /);
});

test('no line of it is longer than the terminal is wide', () => {
  for (const line of inLines(progress, 40)) expect(line.length).toBeLessThan(40);
  expect(inLines({ phase: 'audit', share: 1 }, 100)).toHaveLength(1);
});
