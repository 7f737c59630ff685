import { hash } from 'node:crypto';
import type { LabelFormat } from '@ge/domain';
import type { WireDocument } from './dialect.ts';
import type { CarrierDocument } from './outcome.ts';
import { sha256Hex } from './prepare.ts';

const magic: Readonly<Record<LabelFormat, string>> = {
  PDF: '%PDF-',
  PNG: '\x89PNG\r\n\x1a\n',
  ZPL203: '^XA',
  ZPL300: '^XA',
};

const tail: Readonly<Record<LabelFormat, RegExp>> = {
  PDF: /%%EOF\s*$/,
  PNG: /IEND\xae\x42\x60\x82$/,
  ZPL203: /\^XZ\s*$/,
  ZPL300: /\^XZ\s*$/,
};

/** The document if it is whole: not empty, of the format it claims, and with the checksum the carrier gave. */
export function verifiedDocument(document: WireDocument): CarrierDocument | undefined {
  const { algorithm, digest, encoding } = document.checksum;
  if (hash(algorithm, document.bytes, encoding) !== digest) return undefined;
  if (!beginsAs(document)) return undefined;
  const sha256 = algorithm === 'sha256' && encoding === 'hex' ? digest : sha256Hex(document.bytes);
  return { format: document.format, bytes: document.bytes, sha256 };
}

/** The same where the carrier gave no checksum: a document that was cut does not end as its format does. */
export function wholeDocument(document: Omit<WireDocument, 'checksum'>): CarrierDocument | undefined {
  const { format, bytes } = document;
  const end = Buffer.from(bytes.subarray(-64)).toString('latin1');
  return beginsAs(document) && tail[format].test(end) ? { format, bytes, sha256: sha256Hex(bytes) } : undefined;
}

const beginsAs = ({ format, bytes }: Pick<WireDocument, 'format' | 'bytes'>): boolean =>
  Buffer.from(bytes.subarray(0, 16)).toString('latin1').startsWith(magic[format]);
