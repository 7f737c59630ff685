import { unifont } from '../font/unifont.ts';
import { printableText } from '../text/printable.ts';

/** What the fonts that every PDF reader has can show; all else is drawn from the embedded font. */
const STANDARD = /^[\x20-\x7e\xa0-\xff]+$/;
const RUNS = /[\x20-\x7e\xa0-\xff]+|[^\x20-\x7e\xa0-\xff]+/gu;
const EMBEDDED = 'unifont';

export interface PdfTextPlace {
  readonly x: number;
  /** Top of the line. */
  readonly y: number;
  readonly width: number;
  readonly size: number;
  readonly bold?: boolean | undefined;
  readonly align?: 'left' | 'center' | 'right' | undefined;
}

interface Run {
  readonly text: string;
  readonly font: string;
  readonly width: number;
}

const embeddedIn = new WeakSet<PDFKit.PDFDocument>();

/** Draws one line, Latin from Helvetica and other scripts from the embedded font; a line that is too wide is drawn smaller, never cut. */
export function drawText(document: PDFKit.PDFDocument, text: string, place: PdfTextPlace): void {
  const runs = measure(document, printableText(text), place);
  const natural = runs.reduce((sum, run) => sum + run.width, 0);
  if (natural === 0) return;
  const scale = Math.min(1, place.width / natural);
  const size = place.size * scale;
  const free = place.width - natural * scale;
  let x = place.x + (place.align === 'right' ? free : place.align === 'center' ? free / 2 : 0);
  const baseline = place.y + place.size * 0.82;
  for (const run of runs) {
    document.font(run.font).fontSize(size).text(run.text, x, baseline, { lineBreak: false, baseline: 'alphabetic' });
    x += run.width * scale;
  }
}

function measure(
  document: PDFKit.PDFDocument,
  text: string,
  { size, bold }: Pick<PdfTextPlace, 'size' | 'bold'>,
): readonly Run[] {
  return (text.match(RUNS) ?? []).map((run) => {
    const font = STANDARD.test(run) ? (bold ? 'Helvetica-Bold' : 'Helvetica') : embedded(document);
    return { text: run, font, width: document.font(font).fontSize(size).widthOfString(run) };
  });
}

function embedded(document: PDFKit.PDFDocument): string {
  if (!embeddedIn.has(document)) {
    document.registerFont(EMBEDDED, unifont());
    embeddedIn.add(document);
  }
  return EMBEDDED;
}
