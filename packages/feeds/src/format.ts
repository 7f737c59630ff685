import type { FeedType } from '@ge/domain';
import type { MemoryOfFile } from './workbook/workbook-memory.ts';

/** Bulk formats this package reads; the words are the feed types of the programme. */
export type FeedFormat = FeedType;

/** Bounds of one file. Each has a default; whatever passes one of them is answered, never buffered. */
export interface FeedLimits {
  /** Bytes of the whole file. */
  readonly fileBytes: number;
  /** Highest record number. */
  readonly rows: number;
  /** Columns of a tab-delimited header. */
  readonly columns: number;
  /** Bytes of one line; a longer one is refused by itself and skipped. A longer JSON message ends the reading. */
  readonly rowBytes: number;
  /** Characters of one cell or element that is read, and of anything between quotation marks. */
  readonly cellLength: number;
  /** Nesting of XML elements. */
  readonly xmlDepth: number;
  /** Bytes of XML without the end of a tag, comment or text. */
  readonly xmlTextBytes: number;
  /** Attributes of one XML element. */
  readonly xmlAttributes: number;
  /** Repeated elements of one message, such as the items of an order. */
  readonly xmlItems: number;
  /** Nesting of JSON objects and arrays. */
  readonly jsonDepth: number;
  /** Bytes of one unpacked part of a workbook, such as a sheet. */
  readonly unpackedBytes: number;
  /** How many times its packed size a part of a workbook may unpack to, once that is more than a megabyte. */
  readonly unpackedRatio: number;
  /** Entries of the directory of a workbook. */
  readonly parts: number;
  /** Bytes in UTF-8 of the texts that the cells of a workbook share, with four more for each. */
  readonly sharedTextBytes: number;
}

export const defaultFeedLimits: FeedLimits = {
  fileBytes: 512 * 1024 * 1024,
  rows: 2_000_000,
  columns: 512,
  rowBytes: 1024 * 1024,
  cellLength: 32_767,
  xmlDepth: 32,
  xmlTextBytes: 1024 * 1024,
  xmlAttributes: 64,
  xmlItems: 1000,
  jsonDepth: 32,
  unpackedBytes: 512 * 1024 * 1024,
  unpackedRatio: 200,
  parts: 10_000,
  sharedTextBytes: 64 * 1024 * 1024,
};

/**
 * Where reading may go on after a batch: plain data, to be stored with the rows of that batch.
 * The next source begins at `byteOffset` of the same file; records up to `recordNo` are not given again.
 */
export interface FeedCheckpoint {
  /** Of a workbook, whose parts are opened where they stand, only how far it is read: the share of its sheet times its size. */
  readonly byteOffset: number;
  readonly recordNo: number;
  /** What the start of the file told (encoding, columns, root element); null = begin with the header again. */
  readonly context: TabContext | XmlContext | ListingsContext | WorkbookContext | null;
}

export interface TabContext {
  readonly encoding: string | null;
  readonly columnCount: number;
  /** Column of each cell that is read, -1 where the file lacks it. */
  readonly columns: readonly number[];
}

export interface XmlContext {
  readonly encoding: string;
  /** Name of the root element as written, prefix included. */
  readonly root: string;
}

/** Inside the messages of a listings feed. */
export interface ListingsContext {
  readonly isListings: true;
}

/**
 * Below the header of a sheet. The file is opened where its parts stand: its directory is at the end, and what is packed can
 * be unpacked from its start only.
 */
export interface WorkbookContext {
  /** Bytes of the whole file. */
  readonly fileBytes: number;
  /** Names of the parts that hold the cells and, if there are such, the texts they share and their formats. */
  readonly sheet: string;
  readonly texts: string | null;
  /** Absent in checkpoints of before it was looked at: the rest of such a file is read without, as its start was. */
  readonly styles?: string | null;
  /** Root element and element of the rows, as written. */
  readonly elements: readonly [string, string];
  /** Number of the header's row in the sheet. */
  readonly headerRow: number;
  /** Unpacked bytes of the sheet up to the end of the last row read. */
  readonly rowEnd: number;
  readonly layout: Pick<TabContext, 'columns' | 'columnCount'>;
}

export interface ReadFeedOptions {
  readonly limits?: Partial<FeedLimits>;
  /** Encoding the sender declared (charset of the content type). A byte order mark wins over it. */
  readonly charset?: string;
  /** Gives only records above this number; the source is the whole file. Costs a pass over what is skipped. */
  readonly afterRecordNo?: number;
  /** Goes on from a checkpoint; the source begins at its `byteOffset`. Costs nothing. */
  readonly resume?: FeedCheckpoint;
  /** Gives the same file from a byte on. Without it a workbook is refused: its directory stands at the end. */
  readonly open?: (fromByte: number) => AsyncIterable<Uint8Array>;
  /** What this process remembers of the same file, if it is a workbook: going on from a checkpoint costs less with it. */
  readonly memory?: MemoryOfFile | undefined;
  /** Bytes looked at together, and thereby the size of a batch (about 1,000 rows). */
  readonly blockBytes?: number;
}

export const defaultBlockBytes = 64 * 1024;
