import { PDFDocument } from '@cantoo/pdf-lib';
import { extractText, getDocumentProxy } from 'unpdf';
import { describe, expect, it } from 'vitest';
import { renderLabelPdf } from '../src/index.ts';
import { joinPdfs } from '../src/pdf/joinPdfs.ts';
import { cjkLabel, createdAt, label } from './labelFixture.ts';

async function* named(documents: readonly Uint8Array[]) {
  for (const [i, bytes] of documents.entries()) yield { bytes, name: `Order ${i + 1}` };
}

const joined = async (...documents: readonly Uint8Array[]) => {
  const document = await getDocumentProxy(
    new Uint8Array(Buffer.concat(await Array.fromAsync(joinPdfs(named(documents))))),
  );
  const { text } = await extractText(document, { mergePages: false });
  return { pages: document.numPages, text, document };
};

const labelOf = (trackingId: string) => renderLabelPdf({ ...label, trackingId }, { createdAt });

describe('documents joined to one', () => {
  it('have all their pages, in their order, with the text, the fonts and the size they had', async () => {
    const cjk = await renderLabelPdf(cjkLabel, { createdAt });
    const { pages, text, document } = await joined(await labelOf('1Z-FIRST'), cjk, await labelOf('1Z-THIRD'));
    expect(pages).toBe(3);
    expect(text[0]).toContain('1Z-FIRST');
    expect(text[1]).toContain('千代田区丸の内');
    expect(text[2]).toContain('1Z-THIRD');
    expect((await document.getPage(3)).view).toEqual([0, 0, 288, 432]);
  });

  it('may have been written by somebody else: with compressed objects, and pages that inherit their size', async () => {
    const theirs = await PDFDocument.create();
    for (const words of ['one', 'two']) theirs.addPage([100, 200]).drawText(words, { x: 10, y: 100 });
    const tree = theirs.catalog.Pages();
    for (const page of theirs.getPages()) page.node.delete(theirs.context.obj({ MediaBox: 0 }).keys()[0]!);
    tree.set(theirs.context.obj({ MediaBox: 0 }).keys()[0]!, theirs.context.obj([0, 0, 100, 200]));
    const { pages, text, document } = await joined(
      await labelOf('1Z-OURS'),
      await theirs.save({ useObjectStreams: true }),
    );
    expect(pages).toBe(3);
    expect(text.slice(1)).toEqual(['one', 'two']);
    for (const no of [2, 3]) expect((await document.getPage(no)).view).toEqual([0, 0, 100, 200]);
  });

  it('that cannot be read, or are empty, are each a page that says so, and keep no other away', async () => {
    const { pages, text } = await joined(Buffer.from('%PDF-1.4 nonsense'), await labelOf('1Z-GOOD'), new Uint8Array());
    expect(pages).toBe(3);
    expect(text[0]).toContain('Order 1: cannot be printed with the others');
    expect(text[1]).toContain('1Z-GOOD');
    expect(text[2]).toContain('Order 3');
  });

  it('take no more memory for being many', async () => {
    const one = await labelOf('1Z-MANY');
    const many = async function* (count: number) {
      for (let i = 0; i < count; i += 1) yield { bytes: one, name: 'one' };
    };
    let bytes = 0;
    let most = 0;
    for await (const piece of joinPdfs(many(2_000))) {
      bytes += piece.length;
      most = Math.max(most, piece.length);
    }
    // What is held is a document and the places of objects; no piece but the table at the end grows with their number.
    expect(bytes).toBeGreaterThan(1_000 * one.length);
    expect(most).toBeLessThan(bytes / 10);
  });

  it('are a document that others read, too', async () => {
    const bytes = Buffer.concat(
      await Array.fromAsync(joinPdfs(named([await labelOf('1Z-FIRST'), await labelOf('1Z-LAST')]))),
    );
    expect((await PDFDocument.load(bytes, { throwOnInvalidObject: true })).getPageCount()).toBe(2);
  });
});
