import type { Address } from '@ge/domain';
import type { CommercialInvoice } from '../invoice/commercialInvoice.ts';
import { wrapText } from '../text/printable.ts';
import { drawText } from './pdfText.ts';

/** US Letter in points. */
export const PAGE = { width: 612, height: 792, margin: 40 } as const;
const RIGHT = PAGE.width - PAGE.margin;
export const columns = [
  { title: 'Description of goods', x: 40, width: 190, align: 'left' },
  { title: 'HS code', x: 236, width: 62, align: 'left' },
  { title: 'Origin', x: 304, width: 36, align: 'left' },
  { title: 'Qty', x: 344, width: 34, align: 'right' },
  { title: 'Net kg', x: 384, width: 46, align: 'right' },
  { title: 'Unit value', x: 436, width: 62, align: 'right' },
  { title: 'Total', x: 504, width: 68, align: 'right' },
] as const;

const line = (document: PDFKit.PDFDocument, y: number): void => {
  document.rect(PAGE.margin, y, RIGHT - PAGE.margin, 0.7).fill('black');
};

/** Title, facts, both parties and the terms of trade; returns where the table starts. */
export function drawHead(document: PDFKit.PDFDocument, invoice: CommercialInvoice): number {
  drawText(document, 'COMMERCIAL INVOICE', { x: PAGE.margin, y: 36, width: 300, size: 18, bold: true });
  const facts = [
    `Invoice no. ${invoice.invoiceNumber}`,
    `Date ${invoice.date}`,
    `Carrier ${invoice.carrierName}`,
    `Waybill ${invoice.trackingId}`,
  ];
  for (const [i, fact] of facts.entries()) {
    drawText(document, fact, { x: 340, y: 36 + i * 11, width: RIGHT - 340, size: 9, align: 'right' });
  }
  line(document, 86);
  drawParty(document, 'Shipper / exporter', invoice.shipper, PAGE.margin);
  const taxId = invoice.recipientTaxId ? [`Tax / identity no. ${invoice.recipientTaxId}`] : [];
  drawParty(document, 'Consignee / importer', invoice.consignee, 320, taxId);
  const terms = [
    'Terms of trade: DDP (Incoterms 2020), duties and taxes paid by the carrier',
    'Reason for export: sale of goods',
    ...(invoice.exportFiling ? [`Export filing: ${invoice.exportFiling}`] : []),
  ];
  for (const [i, term] of terms.entries()) {
    drawText(document, term, { x: PAGE.margin, y: 222 + i * 12, width: RIGHT - PAGE.margin, size: 9 });
  }
  return 266;
}

function drawParty(
  document: PDFKit.PDFDocument,
  title: string,
  party: Address,
  x: number,
  more: readonly string[] = [],
): void {
  drawText(document, title, { x, y: 94, width: 250, size: 9, bold: true });
  const parts = [
    party.name,
    party.line1,
    party.line2,
    [party.city, party.state, party.postalCode].filter(Boolean).join(' '),
    party.country,
    party.phone && `Tel. ${party.phone}`,
    ...more,
  ].filter((part): part is string => part !== undefined && part !== '');
  const lines = parts.flatMap((part) => wrapText(part, 56));
  const step = Math.min(11, 112 / lines.length);
  for (const [i, text] of lines.entries()) {
    drawText(document, text, { x, y: 106 + i * step, width: 250, size: step - 2 });
  }
}

export function drawTitles(document: PDFKit.PDFDocument, y: number): number {
  for (const column of columns) drawText(document, column.title, { ...column, y, size: 8, bold: true });
  line(document, y + 12);
  return y + 17;
}

/** Totals, the declaration and its signature. */
export function drawFoot(
  document: PDFKit.PDFDocument,
  invoice: CommercialInvoice,
  y: number,
  total: string,
  weight: string,
): void {
  line(document, y);
  drawText(document, `Net weight ${weight}`, { x: PAGE.margin, y: y + 6, width: 300, size: 9 });
  drawText(document, `Total ${total}`, { x: 340, y: y + 6, width: RIGHT - 340, size: 11, bold: true, align: 'right' });
  const declaration =
    'The exporter declares that the contents of this invoice are true and correct and that the goods are of the stated origin.';
  drawText(document, declaration, { x: PAGE.margin, y: y + 30, width: RIGHT - PAGE.margin, size: 8 });
  drawText(document, `${invoice.shipper.name}, ${invoice.date}`, { x: PAGE.margin, y: y + 48, width: 400, size: 9 });
  if (invoice.notice) {
    drawText(document, invoice.notice, {
      x: PAGE.margin,
      y: y + 72,
      width: RIGHT - PAGE.margin,
      size: 10,
      bold: true,
      align: 'center',
    });
  }
}
