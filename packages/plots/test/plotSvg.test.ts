import * as Plot from '@observablehq/plot';
import { DOMParser } from 'linkedom';
import { expect, test } from 'vitest';
import { plotSvg } from '../src/index.ts';

test('a plot is one SVG file with every point and every name in it, whatever stands in the names', () => {
  const rows = [
    { name: 'ours & <best>', n: 3 },
    { name: 'peer', n: 1 },
  ];
  const svg = plotSvg({ marks: [Plot.barX(rows, { x: 'n', y: 'name' })] });
  const { documentElement: root } = new DOMParser().parseFromString(svg, 'image/svg+xml');
  expect(root.tagName).toBe('svg');
  expect(root.getAttribute('xmlns')).toBe('http://www.w3.org/2000/svg');
  expect(root.querySelectorAll('[aria-label="bar"] rect')).toHaveLength(rows.length);
  const names = [...root.querySelectorAll('[aria-label="y-axis tick label"] text')].map((text) => text.textContent);
  expect(names).toEqual(rows.map(({ name }) => name));
});
