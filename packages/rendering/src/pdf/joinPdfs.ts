import { PDFArray, PDFDict, PDFDocument, PDFName, type PDFObject, PDFRef, PDFStream } from '@cantoo/pdf-lib';
import { LABEL_HEIGHT, LABEL_WIDTH } from '../label/layout.ts';
import { pdfBytes } from './pdfBytes.ts';
import { drawText } from './pdfText.ts';

/** One document among those that are joined. */
export interface PdfPart {
  readonly bytes: Uint8Array;
  /** What stands on the page that takes its place where it cannot be read. */
  readonly name: string;
}

const CATALOG = PDFRef.of(1);
const PAGES = PDFRef.of(2);
const FIRST_FREE = 3;

/** What a page may have from the tree it hung in, and takes along. */
const inherited = ['Resources', 'MediaBox', 'CropBox', 'Rotate'].map((name) => PDFName.of(name));

/**
 * The pages of many PDF documents as one, in their order, written as they come: in memory are one document at a time and the
 * place of each object, whatever there is to join. A document that cannot be read is a page that says so. No document at all
 * gives a document without pages.
 */
export async function* joinPdfs(parts: AsyncIterable<PdfPart>): AsyncGenerator<Uint8Array> {
  const writer = new ObjectWriter();
  const pages: PDFRef[] = [];
  yield writer.raw('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n');
  for await (const part of parts) {
    const document = await readable(part);
    const taken = new Map<PDFRef, PDFRef>();
    for (const page of document.getPages()) {
      const { node, ref } = page;
      for (const name of inherited) {
        const value = node.getInheritableAttribute(name);
        if (value) node.set(name, shared(document, value));
      }
      node.delete(PDFName.of('Parent'));
      pages.push(numbered(ref, taken, writer));
    }
    yield* reachable(document, taken, writer);
  }
  const { context } = await PDFDocument.create({ updateMetadata: false });
  yield writer.object(PAGES, context.obj({ Type: 'Pages', Count: pages.length, Kids: pages }));
  yield writer.object(CATALOG, context.obj({ Type: 'Catalog', Pages: PAGES }));
  yield writer.end();
}

const registered = new WeakMap<PDFObject, PDFRef>();

/** By reference: what several pages inherit must be one object among all, too. */
function shared({ context }: PDFDocument, value: PDFObject): PDFRef {
  if (value instanceof PDFRef) return value;
  const ref = registered.get(value) ?? context.register(value);
  registered.set(value, ref);
  return ref;
}

async function readable({ bytes, name }: PdfPart): Promise<PDFDocument> {
  const read = (from: Uint8Array) => PDFDocument.load(from, { updateMetadata: false, throwOnInvalidObject: true });
  try {
    const document = await read(bytes);
    if (document.getPageCount() > 0) return document;
  } catch {
    // The others are not kept from whoever wants to print them.
  }
  return read(await noticePdf(`${name}: cannot be printed with the others. Download it by itself.`));
}

const noticePdf = (text: string): Promise<Uint8Array> =>
  pdfBytes({ size: [LABEL_WIDTH, LABEL_HEIGHT], margin: 0 }, { createdAt: new Date(0) }, (document) =>
    drawText(document, text, { x: 18, y: 36, width: LABEL_WIDTH - 36, size: 9 }),
  );

/** The number that an object of a document gets among all. */
function numbered(ref: PDFRef, taken: Map<PDFRef, PDFRef>, writer: ObjectWriter): PDFRef {
  let number = taken.get(ref);
  if (!number) {
    number = writer.next();
    taken.set(ref, number);
  }
  return number;
}

/** Everything that the taken pages lead to; a map goes on over what is added to it meanwhile. */
function* reachable(document: PDFDocument, taken: Map<PDFRef, PDFRef>, writer: ObjectWriter): Generator<Uint8Array> {
  const pages = new Set(document.getPages().map(({ ref }) => ref));
  for (const [ref, number] of taken) {
    const object = document.context.lookup(ref);
    if (!object) continue;
    renumber(object, (old) => numbered(old, taken, writer));
    if (pages.has(ref)) (object as PDFDict).set(PDFName.of('Parent'), PAGES);
    yield writer.object(number, object);
  }
}

/** Gives the references in an object, which is its document's own, their new numbers. */
function renumber(object: PDFObject, numberOf: (ref: PDFRef) => PDFRef): void {
  const replaced = (value: PDFObject): PDFObject => {
    if (value instanceof PDFRef) return numberOf(value);
    renumber(value, numberOf);
    return value;
  };
  if (object instanceof PDFStream) renumber(object.dict, numberOf);
  if (object instanceof PDFDict) for (const [key, value] of object.entries()) object.set(key, replaced(value));
  if (object instanceof PDFArray) for (let i = 0; i < object.size(); i += 1) object.set(i, replaced(object.get(i)));
}

/** Writes objects one after another, and remembers where each begins. */
class ObjectWriter {
  readonly #begins = new Map<number, number>();
  #written = 0;
  #free = FIRST_FREE;

  next(): PDFRef {
    this.#free += 1;
    return PDFRef.of(this.#free - 1);
  }

  raw(text: string): Uint8Array {
    const bytes = Buffer.from(text, 'latin1');
    this.#written += bytes.length;
    return bytes;
  }

  object(ref: PDFRef, object: PDFObject): Uint8Array {
    this.#begins.set(ref.objectNumber, this.#written);
    const body = new Uint8Array(object.sizeInBytes());
    object.copyBytesInto(body, 0);
    const head = Buffer.from(`${ref.objectNumber} 0 obj\n`, 'latin1');
    const bytes = Buffer.concat([head, body, Buffer.from('\nendobj\n', 'latin1')]);
    this.#written += bytes.length;
    return bytes;
  }

  /** The table of objects, without which no reader finds them. */
  end(): Uint8Array {
    const at = this.#written;
    const lines = Array.from({ length: this.#free - 1 }, (_, i) => {
      const begin = this.#begins.get(i + 1);
      return begin === undefined ? '0000000000 65535 f \n' : `${String(begin).padStart(10, '0')} 00000 n \n`;
    });
    return this.raw(
      `xref\n0 ${this.#free}\n0000000000 65535 f \n${lines.join('')}trailer\n<< /Size ${this.#free} /Root 1 0 R >>\nstartxref\n${at}\n%%EOF\n`,
    );
  }
}
