import type { FeedLimits } from '../format.ts';
import { FeedStop } from '../problem/fatal.ts';
import { PartParser, parsePart, partNode } from './part-parser.ts';

const document = partNode('', {
  styleSheet: partNode('', {
    numFmts: partNode('', { numFmt: partNode('code') }),
    cellXfs: partNode('', { xf: partNode('format') }),
  }),
});

/** Formats of cells in a workbook; spreadsheet programs allow fewer. */
const mostFormats = 65_536;

/** Digits that a cell of each format shows at least, by the number of the format (the `s` of a cell); others show 0. */
export type ZeroFormats = Uint8Array;

/**
 * Finds the formats of cells whose code is zeros alone, such as 00000: numbers in them are shown with as many digits.
 * @param part the unpacked styles part
 * @throws FeedStop GE-15038 when it has too many formats; whatever a part may throw
 */
export async function readZeroFormats(
  part: AsyncIterable<Uint8Array>,
  limits: FeedLimits,
  blockBytes: number,
): Promise<ZeroFormats> {
  const digits = new Map<string, number>();
  const codes: string[] = [];
  const opened = (role: string, { numFmtId: id = '0', formatCode: code = '' }: Readonly<Record<string, string>>) => {
    const isZeros = /^0{2,255}$/.test(code);
    if (role === 'code' && isZeros) digits.set(id.slice(0, 10), code.length);
    else if (role === 'format') codes.push(id.slice(0, 10));
    if (Math.max(digits.size, codes.length) > mostFormats) {
      throw new FeedStop('GE-15038', { limit: `${mostFormats} formats` });
    }
  };
  const parser = new PartParser(document, { opened, closed: () => {}, text: () => {} }, limits);
  await parsePart(part, parser, limits, blockBytes);
  return Uint8Array.from(codes, (id) => digits.get(id) ?? 0);
}
