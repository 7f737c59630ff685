import { formatAmount, sumMoney, timesMoney } from '@ge/domain';
import type { CommercialInvoice } from '../invoice/commercialInvoice.ts';
import { wrapText } from '../text/printable.ts';
import { columns, drawFoot, drawHead, drawTitles, PAGE } from './invoiceParts.ts';
import { type PdfSettings, pdfBytes } from './pdfBytes.ts';
import { drawText } from './pdfText.ts';

/** The commercial invoice as PDF (US Letter, as many pages as the lines need). Throws RangeError without lines. */
export async function renderCommercialInvoicePdf(
  invoice: CommercialInvoice,
  settings: PdfSettings,
): Promise<Uint8Array> {
  const currency = invoice.lines[0]?.unitValue.currency;
  if (!currency) throw new RangeError('an invoice needs a line');
  const totals = invoice.lines.map((line) => timesMoney(line.unitValue, line.quantity));
  const total = sumMoney(totals, currency);
  const kilograms = (grams: number): string => (grams / 1_000).toFixed(3);
  const netGrams = invoice.lines.reduce((sum, line) => sum + line.unitWeightGrams * line.quantity, 0);
  return pdfBytes(
    { size: [PAGE.width, PAGE.height], margin: 0, info: { Title: `Commercial invoice ${invoice.invoiceNumber}` } },
    settings,
    (document) => {
      let y = drawHead(document, invoice);
      y = drawTitles(document, y);
      for (const [i, line] of invoice.lines.entries()) {
        const description = wrapText(line.description, 46);
        const height = Math.max(1, description.length) * 10 + 4;
        if (y + height > PAGE.height - 150) {
          document.addPage();
          y = drawTitles(document, PAGE.margin);
        }
        const cells = [
          '',
          line.hsCode,
          line.originCountry,
          String(line.quantity),
          kilograms(line.unitWeightGrams * line.quantity),
          formatAmount(line.unitValue),
          formatAmount(totals[i]!),
        ];
        for (const [row, text] of description.entries())
          drawText(document, text, { ...columns[0], y: y + row * 10, size: 8 });
        for (const [c, column] of columns.entries()) drawText(document, cells[c]!, { ...column, y, size: 8 });
        y += height;
      }
      drawFoot(document, invoice, y, `${formatAmount(total)} ${currency}`, `${kilograms(netGrams)} kg`);
    },
  );
}
