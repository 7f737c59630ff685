import type { FeedFormat } from '../format.ts';
import type { FeedRecord, RowProblem } from '../record/record.ts';

/** Texts of one repeated group (such as Item) by element name. */
export type GroupFields = Readonly<Record<string, string | undefined>>;

/** What was found in one Message. */
export interface Message {
  /** OperationType as written, empty when absent. */
  readonly operation: string;
  /** Texts by path below the body element, without outer blanks. */
  readonly fields: Readonly<Record<string, string | undefined>>;
  readonly groups: readonly GroupFields[];
  readonly problems: readonly RowProblem[];
}

/** One kind of message in an AmazonEnvelope. Elements may come in any order; those not named are passed over. */
export interface MessageFormat {
  readonly format: FeedFormat;
  /** Value of MessageType, and name of the element that carries a message's content. */
  readonly messageType: string;
  /** Paths that are read, such as `DescriptionData/MerchantShippingGroupName`. */
  readonly fields: readonly string[];
  /** Element that may be repeated, and what is read below it. */
  readonly group?: { readonly name: string; readonly fields: readonly string[] };
  readonly record: (recordNo: number, messageId: string | null, message: Message) => FeedRecord;
}
