import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BarcodeError, type LabelContent, renderLabelZpl } from '../src/index.ts';
import { cjkLabel, label } from './labelFixture.ts';

const zpl = (content: LabelContent, dpi: 203 | 300 = 203) =>
  Buffer.from(renderLabelZpl(content, dpi)).toString('latin1');
/** Two letters or digits after every caret: what a printer takes as commands. */
const commands = (text: string) => [...text.matchAll(/\^(..)/gs)].map((match) => match[1]);
const allowed = new Set([
  'XA',
  'CI',
  'PW',
  'LL',
  'LH',
  'FO',
  'A0',
  'FB',
  'FH',
  'FD',
  'FS',
  'GB',
  'GF',
  'BY',
  'BC',
  'PQ',
  'XZ',
]);

describe('a label as ZPL', () => {
  it.each([
    [203, '^PW812', '^LL1218'],
    [300, '^PW1200', '^LL1800'],
  ] as const)('at %i dpi states its size and leaves both barcodes to the printer', (dpi, width, length) => {
    const text = zpl(label, dpi);
    expect(text.startsWith('^XA\n')).toBe(true);
    expect(text.endsWith('^XZ\n')).toBe(true);
    expect(text).toContain(width);
    expect(text).toContain(length);
    expect(text).toMatch(/\^BCN,\d+,N,N,N,A\^FD1Z999AA10123456784\^FS/);
    expect(text).toMatch(/\^BCN,\d+,N,N,N,D\^FD\(00\)003401234567890125\^FS/);
  });

  it('sends text the printer has no letters for as a picture', () => {
    expect(zpl(label)).not.toContain('^GFA');
    expect(zpl(cjkLabel)).toContain('^GFA');
  });

  it('lets no field start a command, whatever is written in it', () => {
    const nasty = fc
      .array(
        fc.oneof(
          fc.constantFrom('^', '~', '_', '^XZ', '^XA', '~JA', '^FS', '_5E', '\\', '\n', '\0', '🎁', '名'),
          fc.string(),
        ),
        {
          maxLength: 8,
        },
      )
      .map((parts) => parts.join('').slice(0, 50));
    fc.assert(
      fc.property(nasty, nasty, nasty, nasty, (name, line1, city, contents) => {
        const to = { name, line1, city, country: 'DE' };
        const text = zpl({ ...label, serviceName: name, reference: city, contents, to });
        expect(text).not.toContain('~');
        expect(commands(text).filter((command) => !allowed.has(command!))).toEqual([]);
        expect(commands(text).filter((command) => command === 'XA' || command === 'XZ')).toEqual(['XA', 'XZ']);
        for (const data of text.matchAll(/\^FH\^FD([^\n]*)\^FS\n/g)) expect(data[1]).not.toMatch(/[\^~]/);
      }),
      { numRuns: 150 },
    );
  });

  it('refuses a barcode text that could carry a command', () => {
    for (const text of ['1Z^XZ', '12~JA', '>;12', '12 34', '']) {
      expect(() => zpl({ ...label, trackingBarcode: { symbology: 'code128', text } })).toThrow(BarcodeError);
    }
  });

  it('refuses a GS1 barcode whose check digit is wrong, without repeating it', () => {
    const content: LabelContent = {
      ...label,
      routingBarcode: { symbology: 'gs1-128', text: '(00)003401234567890126' },
    };
    expect(() => zpl(content)).toThrow(/^text not encodable as gs1-128$/);
  });
});
