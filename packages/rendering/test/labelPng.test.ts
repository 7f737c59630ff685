import { describe, expect, it } from 'vitest';
import { renderLabelPng } from '../src/index.ts';
import { barcodesIn, cjkLabel, label } from './labelFixture.ts';

const header = (png: Uint8Array) => {
  const view = Buffer.from(png);
  return { width: view.readUInt32BE(16), height: view.readUInt32BE(20), depth: view[24] };
};

describe('a label as PNG', () => {
  it.each([
    [203, 812, 1218],
    [300, 1200, 1800],
  ] as const)('at %i dpi is four by six inches and both barcodes can be read back', async (dpi, width, height) => {
    const png = renderLabelPng(label, dpi);
    expect(header(png)).toEqual({ width, height, depth: 1 });
    const found = await barcodesIn(png);
    expect(found).toContain('Text:1Z999AA10123456784');
    expect(found).toContain('GS1:(00)003401234567890125');
  });

  it('is the same bytes every time', () => {
    expect(renderLabelPng(cjkLabel)).toEqual(renderLabelPng(cjkLabel));
  });

  it('draws Chinese, Japanese and Korean instead of leaving them out', () => {
    const without = { ...cjkLabel, to: { ...cjkLabel.to, name: '' } };
    expect(renderLabelPng(cjkLabel)).not.toEqual(renderLabelPng(without));
  });
});
