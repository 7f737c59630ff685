import type { FeedProblem } from '@ge/domain';

/** One finding about a row: a classic or `GE-` code with its parameters. Texts: `describeFeedProblem`. */
export type RowProblem = FeedProblem;

interface Numbered {
  /** 1 = first data row or message; blank rows count, header rows do not; 0 = the file as a whole. */
  readonly recordNo: number;
  /** MessageID of an XML or JSON message, null in tables. */
  readonly messageId: string | null;
  /** Warnings of a record that is good; at least one error in `rejected` and `break`. */
  readonly problems: readonly RowProblem[];
}

/** Findings about the whole file (record 0), such as unknown columns; given first, not a row. */
export interface FileRecord extends Numbered {
  readonly kind: 'file';
  readonly sku: '';
}

/** Put a SKU on a template. */
export interface AssignmentRecord extends Numbered {
  readonly kind: 'assignment';
  readonly sku: string;
  /** Exactly as written, without outer blanks; null with a null `templateId` = leave unchanged. */
  readonly templateName: string | null;
  /** For formats that name the template by its id. */
  readonly templateId: string | null;
}

/** `d` or Delete takes the offer away, `x` the product as well. */
export interface DeletionRecord extends Numbered {
  readonly kind: 'deletion';
  readonly sku: string;
  readonly extent: 'offer' | 'product';
}

export interface ConfirmedItem {
  readonly orderItemId: string;
  /** Units; null = all of the item. */
  readonly quantity: number | null;
}

/** Confirms the shipment of an order or of some of its items. */
export interface ConfirmationRecord extends Numbered {
  readonly kind: 'confirmation';
  readonly sku: '';
  readonly orderId: string;
  /** Empty = the whole order. */
  readonly items: readonly ConfirmedItem[];
  /** ISO 8601: a date, or in XML a date with time. */
  readonly shipDate: string;
  readonly carrierCode: string;
  readonly carrierName: string;
  readonly trackingNumber: string;
  readonly shipMethod: string;
  readonly shipFromSupplySourceId: string;
}

/** A row that cannot be taken; the rows beside it are not touched. */
export interface RejectedRecord extends Numbered {
  readonly kind: 'rejected';
  /** What could be read of the row, for its line in the report; perhaps empty. */
  readonly sku: string;
  readonly orderId: string;
  readonly orderItemId: string;
}

/** The place where the file breaks: always the last record; nothing after it could be read. */
export interface BreakRecord extends Numbered {
  readonly kind: 'break';
  readonly sku: '';
}

export type FeedRecord =
  | FileRecord
  | AssignmentRecord
  | DeletionRecord
  | ConfirmationRecord
  | RejectedRecord
  | BreakRecord;

/** Shared by every record without findings, so that a good row costs one object. */
export const noProblems: readonly RowProblem[] = Object.freeze([]);
