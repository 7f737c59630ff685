import { SaxesParser } from 'saxes';
import { BlockReader } from '../bytes/block-reader.ts';
import { openText } from '../bytes/encoding.ts';
import type { FeedLimits } from '../format.ts';
import { FeedStop } from '../problem/fatal.ts';
import { declaredInXml, tagBlock } from '../xml/tag-blocks.ts';

/** What an element means: nodes of the paths that are looked at; anything else has no node and is passed over. */
export interface PartNode {
  readonly role: string;
  readonly children: ReadonlyMap<string, PartNode>;
}

export const partNode = (role: string, children: Readonly<Record<string, PartNode>> = {}): PartNode => ({
  role,
  children: new Map(Object.entries(children)),
});

/** Hears of the elements that have a node. */
export interface PartListener {
  /** @param written the name with its prefix */
  opened(role: string, attributes: Readonly<Record<string, string>>, written: string): void;
  /** @param end where, in the text written last, the element ends */
  closed(role: string, end: number): void;
  text(role: string, piece: string): void;
}

/** An attribute by its name without prefix: workbooks of both standards and of any writer are read alike. */
export function attributeOf(attributes: Readonly<Record<string, string>>, name: string): string | undefined {
  const written = Object.keys(attributes).find((key) => key === name || key.endsWith(`:${name}`));
  return written === undefined ? undefined : attributes[written];
}

/** Reads the XML of one part of a workbook, piece by piece; namespaces are not looked at. */
export class PartParser {
  readonly #parser = new SaxesParser<{ xmlns: false; position: false }>({ xmlns: false, position: false });
  readonly #limits: FeedLimits;
  readonly #listener: PartListener;
  readonly #open: (PartNode | null)[];
  #attributes = 0;
  /** Characters written without anything coming of them: a text, comment or tag that does not end. */
  #silent = 0;
  #written = 0;

  /** @param document stands above the root element */
  constructor(document: PartNode, listener: PartListener, limits: FeedLimits) {
    this.#open = [document];
    this.#listener = listener;
    this.#limits = limits;
    this.#listen();
  }

  /** @throws FeedStop GE-15006, GE-15012, GE-15013, GE-15037 */
  write(text: string): void {
    this.#silent += text.length;
    this.#parser.write(text);
    this.#written += text.length;
    const limit = this.#limits.xmlTextBytes;
    if (this.#silent > limit) throw new FeedStop('GE-15013', { limit });
  }

  /** @throws FeedStop GE-15037 when elements are still open */
  end(): void {
    this.#parser.close();
  }

  // Seven listeners, as in the parser of envelopes: an eighth would make it slow.
  #listen(): void {
    const parser = this.#parser;
    parser.on('error', () => {
      throw new FeedStop('GE-15037');
    });
    parser.on('doctype', () => {
      throw new FeedStop('GE-15006');
    });
    parser.on('attribute', () => {
      this.#attributes++;
      const limit = this.#limits.xmlAttributes;
      if (this.#attributes > limit) throw new FeedStop('GE-15013', { limit });
    });
    parser.on('opentag', ({ name: written, attributes }) => {
      this.#silent = 0;
      this.#attributes = 0;
      const limit = this.#limits.xmlDepth;
      if (this.#open.length > limit) throw new FeedStop('GE-15012', { limit });
      const node = this.#open.at(-1)?.children.get(written.slice(written.lastIndexOf(':') + 1)) ?? null;
      this.#open.push(node);
      if (node) this.#listener.opened(node.role, attributes, written);
    });
    parser.on('closetag', () => {
      this.#silent = 0;
      const node = this.#open.pop();
      if (node) this.#listener.closed(node.role, parser.position - this.#written);
    });
    const text = (piece: string) => {
      this.#silent = 0;
      const node = this.#open.at(-1);
      if (node) this.#listener.text(node.role, piece);
    };
    parser.on('text', text);
    parser.on('cdata', text);
  }
}

/** Passes the byte order mark. @throws FeedStop GE-15005 when the part is not in UTF-8 */
export async function openPart(reader: BlockReader, limits: FeedLimits): Promise<void> {
  const { encoding, exactOffsets } = await openText(reader, undefined, limits.unpackedBytes, declaredInXml);
  if (!exactOffsets) throw new FeedStop('GE-15005', { encoding: 'UTF-16' });
  if (encoding !== null && encoding !== 'utf-8') throw new FeedStop('GE-15005', { encoding });
}

/** Reads a part from its start to its end. */
export async function parsePart(
  part: AsyncIterable<Uint8Array>,
  parser: PartParser,
  limits: FeedLimits,
  blockBytes: number,
): Promise<void> {
  const reader = new BlockReader(part, limits.unpackedBytes);
  try {
    await openPart(reader, limits);
    for (;;) {
      const block = await tagBlock(reader, blockBytes, limits.xmlTextBytes);
      if (block.length === 0) break;
      parser.write(block.toString('utf8'));
      reader.consume(block.length);
    }
    parser.end();
  } finally {
    await reader.close();
  }
}
