import type { CommandNo, DocumentId, FeedId, SellerId, TemplateId } from '../identity/ids.ts';
import type { Refusal } from '../refusal/refusal.ts';

export type FeedState = 'IN_QUEUE' | 'IN_PROGRESS' | 'DONE' | 'CANCELLED' | 'FATAL';
export type FeedRowOutcome = 'applied' | 'unchanged' | 'superseded' | 'rejected' | 'not_attempted';
export type FeedType =
  | 'inventory-loader'
  | 'product-xml'
  | 'listings-json'
  | 'shipping-confirmation'
  | 'shipping-confirmation-xml';

/** Feeds that place SKUs: a seller's are taken in one after the other (R15). Those that confirm orders do not touch what these change. */
export const assignmentFeedTypes: readonly FeedType[] = ['inventory-loader', 'product-xml', 'listings-json'];

/** In these a template is called by its id; its name is understood as well. */
export const callsTemplatesById = (type: FeedType): boolean => type === 'listings-json';

export interface FeedCounts {
  readonly processed: number;
  readonly applied: number;
  readonly unchanged: number;
  readonly superseded: number;
  readonly rejected: number;
  readonly notAttempted: number;
}

/** A bulk file of a seller. Every row ends in one outcome: processed = the sum of the other counts. */
export interface Feed {
  readonly id: FeedId;
  readonly sellerId: SellerId;
  readonly type: FeedType;
  /** It is decided and reported as any other, and changes nothing. */
  readonly dryRun: boolean;
  /** The ended feed whose changes it takes back; its rows are that feed's. */
  readonly revertsFeedId: FeedId | null;
  readonly state: FeedState;
  /** Order of acceptance against the seller's other commands. */
  readonly commandNo: CommandNo;
  readonly documentId: DocumentId;
  readonly reportDocumentId: DocumentId | null;
  /** Size of the file, and how much of it is read; 0 of 0 for a feed without a file of its own. */
  readonly fileBytes: number;
  readonly readBytes: number;
  /** Rows read into staging and rows settled; both only grow. */
  readonly stagedRows: number;
  readonly settledRows: number;
  readonly counts: FeedCounts | null;
  readonly fatalCode: string | null;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
}

/** One staged row of an assignment feed. */
export interface FeedRow {
  readonly feedId: FeedId;
  /** 1 = first data row. */
  readonly recordNo: number;
  readonly sku: string;
  /** Template name as written; null = leave unchanged. */
  readonly templateName: string | null;
  /** What a format carries beyond SKU and template: a deletion, a confirmation's order and tracking data. */
  readonly detail: Readonly<Record<string, string | number>> | null;
  readonly outcome: FeedRowOutcome | null;
  /** What the name resolved to, and the template the SKU had before. */
  readonly templateId: TemplateId | null;
  readonly formerTemplateId: TemplateId | null;
  /** Problems as classic or GE codes with parameters; an error among them means rejected. */
  readonly problems: readonly FeedProblem[];
}

export interface FeedProblem {
  readonly code: string;
  readonly severity: 'error' | 'warning';
  readonly params: Refusal['params'];
}
