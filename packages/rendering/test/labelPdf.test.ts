import { extractText, getDocumentProxy } from 'unpdf';
import { describe, expect, it } from 'vitest';
import { type CommercialInvoice, renderCommercialInvoicePdf, renderLabelPdf } from '../src/index.ts';
import { cjkLabel, createdAt, label } from './labelFixture.ts';

const open = async (bytes: Uint8Array) => getDocumentProxy(new Uint8Array(bytes));
const textOf = async (bytes: Uint8Array) => (await extractText(await open(bytes), { mergePages: true })).text;

const invoice: CommercialInvoice = {
  invoiceNumber: 'lbl_0123456789abcdef',
  date: '2026-11-22',
  trackingId: label.trackingId,
  carrierName: label.carrierName,
  shipper: label.from,
  consignee: cjkLabel.to,
  lines: [
    {
      description: 'Cotton shirt, long sleeve',
      hsCode: '6205200000',
      originCountry: 'VN',
      quantity: 3,
      unitValue: { minor: 2_599, currency: 'USD' },
      unitWeightGrams: 250,
    },
  ],
  exportFiling: 'NO EEI 30.37(a)',
};

describe('a label as PDF', () => {
  it('is one page of 288 × 432 points with the tracking number and both addresses on it', async () => {
    const pdf = await renderLabelPdf(label, { createdAt });
    const document = await open(pdf);
    expect(document.numPages).toBe(1);
    expect((await document.getPage(1)).view).toEqual([0, 0, 288, 432]);
    const text = await textOf(pdf);
    expect(text).toContain('1Z999AA10123456784');
    expect(text).toContain('Jörg Weiß');
    expect(text).toContain('Blue Ridge Outfitters LLC');
  });

  it('keeps Chinese, Japanese and Korean text, from an embedded font', async () => {
    const text = await textOf(await renderLabelPdf(cjkLabel, { createdAt }));
    for (const part of ['佐藤 花子', '千代田区丸の内', '서울 빌딩', '东京']) expect(text).toContain(part);
  });

  it('is the same bytes for the same content and date, and not for another date', async () => {
    const first = await renderLabelPdf(cjkLabel, { createdAt });
    expect(await renderLabelPdf(cjkLabel, { createdAt })).toEqual(first);
    expect(await renderLabelPdf(cjkLabel, { createdAt: new Date(0) })).not.toEqual(first);
  });
});

describe('a commercial invoice', () => {
  it('states parties, goods, HS code, origin, total and duty-paid terms', async () => {
    const text = await textOf(await renderCommercialInvoicePdf(invoice, { createdAt }));
    for (const part of ['COMMERCIAL INVOICE', '6205200000', 'VN', '77.97 USD', 'DDP', 'NO EEI 30.37(a)', '佐藤 花子']) {
      expect(text).toContain(part);
    }
  });

  it('goes on over as many pages as its lines need, and loses none', async () => {
    const lines = Array.from({ length: 120 }, (_, i) => ({ ...invoice.lines[0]!, description: `Article no. ${i}.` }));
    const pdf = await renderCommercialInvoicePdf({ ...invoice, lines }, { createdAt });
    expect((await open(pdf)).numPages).toBeGreaterThan(2);
    const text = await textOf(pdf);
    for (let i = 0; i < 120; i++) expect(text).toContain(`Article no. ${i}.`);
  });
});
