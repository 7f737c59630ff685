import PDFDocument from 'pdfkit';

export interface PdfSettings {
  /** Written into the document; nothing else of the clock is, so the same content and date give the same bytes. */
  readonly createdAt: Date;
}

/** Runs `draw` on a new document and gathers its bytes. */
export async function pdfBytes(
  options: PDFKit.PDFDocumentOptions,
  settings: PdfSettings,
  draw: (document: PDFKit.PDFDocument) => void,
): Promise<Uint8Array> {
  const document = new PDFDocument({
    ...options,
    info: {
      ...options.info,
      Producer: 'Global Express Fleet',
      Creator: 'Global Express Fleet',
      CreationDate: settings.createdAt,
      ModDate: settings.createdAt,
    },
  });
  const chunks: Uint8Array[] = [];
  const finished = new Promise<void>((resolve, reject) => {
    document.on('data', (chunk: Uint8Array) => chunks.push(chunk));
    document.on('end', resolve);
    document.on('error', reject);
  });
  draw(document);
  document.end();
  await finished;
  return Buffer.concat(chunks);
}
