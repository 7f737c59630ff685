import { barcodeModules, placeBars } from '../barcode/barcode.ts';
import type { LabelContent } from '../label/content.ts';
import { LABEL_HEIGHT, LABEL_WIDTH, type LabelElement, layoutLabel } from '../label/layout.ts';
import { type PdfSettings, pdfBytes } from './pdfBytes.ts';
import { drawText } from './pdfText.ts';

/** Bars a whole number of these wide print evenly at 203 dpi. */
const DOT = 72 / 203;

/** The label as PDF, one page of 4 × 6 inches; byte-identical for the same content and date. */
export async function renderLabelPdf(content: LabelContent, settings: PdfSettings): Promise<Uint8Array> {
  const elements = layoutLabel(content);
  return pdfBytes(
    { size: [LABEL_WIDTH, LABEL_HEIGHT], margin: 0, info: { Title: `Label ${content.trackingId}` } },
    settings,
    (document) => {
      for (const element of elements) draw(document, element);
    },
  );
}

function draw(document: PDFKit.PDFDocument, element: LabelElement): void {
  if (element.kind === 'text') {
    drawText(document, element.text, element);
    return;
  }
  if (element.kind === 'barcode') {
    const { bars } = placeBars(barcodeModules(element.barcode), element.width, DOT);
    for (const bar of bars) document.rect(element.x + bar.x, element.y, bar.width, element.height);
  } else {
    document.rect(element.x, element.y, element.width, element.height);
  }
  document.fill('black');
}
