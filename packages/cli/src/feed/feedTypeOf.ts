import { extname } from 'node:path';
import { type QueryIn, routes } from '@ge/api';
import { UserMistake } from '../mistake.ts';
import type { FeedFile } from './feedFile.ts';

export type FeedType = QueryIn<typeof routes.feeds.uploadFeed>['type'];

export const feedTypes: readonly FeedType[] = routes.feeds.feedType.options;

/** What a file is taken for. */
export interface FeedKind {
  readonly type: FeedType;
  /** What says so. */
  readonly because: string;
  readonly mediaType: string;
}

const mediaTypes: Readonly<Record<string, string>> = {
  '.txt': 'text/tab-separated-values',
  '.tsv': 'text/tab-separated-values',
  '.csv': 'text/csv',
  '.xml': 'text/xml',
  '.json': 'application/json',
};

const xmlTypes: Readonly<Record<string, FeedType>> = {
  Product: 'product-xml',
  OrderFulfillment: 'shipping-confirmation-xml',
};

/**
 * The type of a file by its name and its beginning, or the one that was named.
 * @throws UserMistake where neither says it
 */
export function feedKindOf({ name, head }: FeedFile, named: FeedType | undefined): FeedKind {
  const extension = extname(name).toLowerCase();
  const mediaType = mediaTypes[extension] ?? 'application/octet-stream';
  if (named) return { type: named, because: 'as --type says', mediaType };
  // UTF-16 reads as Latin-1 with a NUL beside each letter.
  const begins = head.toString('latin1').replaceAll('\0', '');
  const told = (type: FeedType, because: string): FeedKind => ({ type, because, mediaType });
  if (extension === '.json') return told('listings-json', 'by its extension');
  if (extension === '.xlsx') return told('inventory-loader', 'by its extension');
  if (extension === '.xml') {
    const [, messageType = ''] = /<(?:\w+:)?MessageType>\s*(\w+)\s*</.exec(begins) ?? [];
    const type = xmlTypes[messageType];
    if (type) return told(type, `by its MessageType ${messageType}`);
    const said = messageType === '' ? 'no MessageType' : `the MessageType ${messageType}`;
    throw new UserMistake(`${name} has ${said}: name its type with --type (${feedTypes.join(', ')}).`);
  }
  if (mediaTypes[extension]) {
    return /^[^\r\n]*\border-id\b/i.test(begins)
      ? told('shipping-confirmation', 'by its column order-id')
      : told('inventory-loader', 'by its extension');
  }
  throw new UserMistake(`${name} does not say what it is: name its type with --type (${feedTypes.join(', ')}).`);
}
