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

/** The document if it is whole: not empty, of the format it claims, and with the checksum the carrier gave. */
export function verifiedDocument(document: WireDocument): CarrierDocument | undefined {
  const { algorithm, digest, encoding } = document.checksum;
  if (hash(algorithm, document.bytes, encoding) !== digest) return undefined;
  const head = Buffer.from(document.bytes.subarray(0, 16)).toString('latin1');
  if (!head.startsWith(magic[document.format])) return undefined;
  const sha256 = algorithm === 'sha256' && encoding === 'hex' ? digest : sha256Hex(document.bytes);
  return { format: document.format, bytes: document.bytes, sha256 };
}
