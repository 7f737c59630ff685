import type { FeedEntity, OrderRow, RowOf } from '@ge/database';
import type { Enrollment } from '@ge/domain';
import type { SkuRow, TemplateRow } from './baseline.ts';
import type { SequentialModel } from './sequentialModel.ts';

/**
 * What must be the same however the work was disturbed: everything but ids and times of its own making, how often a row was
 * written on the way, and counts that depend on which of two commands came first. Keyed by what a person would look up.
 */
export interface EndState {
  readonly templates: Readonly<Record<string, unknown>>;
  /** By seller and code. */
  readonly skus: Readonly<Record<string, string>>;
  readonly orders: Readonly<Record<string, string>>;
  readonly enrollments: Readonly<Record<string, string>>;
  readonly feeds: readonly string[];
  readonly labelled: readonly string[];
  readonly mails: readonly string[];
}

/** Rows as they were found, of some sellers or of all. */
export interface FoundRows {
  readonly templates: readonly TemplateRow[];
  readonly skus: readonly SkuRow[];
  readonly orders: readonly OrderRow[];
  readonly enrollments: readonly Enrollment[];
  /** Done, with their report. */
  readonly feeds: readonly RowOf<typeof FeedEntity>[];
  /** Orders with a label that was bought and can be printed; an order with two stands here twice. */
  readonly labelled: readonly string[];
  readonly mails: readonly { readonly sellerId: string; readonly kind: string }[];
}

const templateEnd = ({ version: _, geCommandLog: __, wizard: ___, createdAt: ____, ...template }: TemplateRow) =>
  template;
const skuKey = ({ sellerId, sku }: SkuRow) => `${sellerId} ${sku}`;
const skuEnd = ({ templateId, templateCommandNo }: SkuRow) => `${templateId} by ${templateCommandNo}`;
const orderEnd = ({ state, payout, payoutReason }: OrderRow) => `${state} ${payout} ${payoutReason ?? ''}`;
const enrollmentEnd = ({ state, commandNo }: Enrollment) => `${state} by ${commandNo}`;
const feedEnd = (sellerId: string, no: number, rows: number, rejected: number | null) =>
  `${sellerId} ${no}: ${rows} rows${rejected === null ? '' : `, ${rejected} rejected`}`;
/** Whether a template was blocked when the enrollment ended, a deactivation of its own may have decided in between. */
const mailEnd = (sellerId: string, kind: string) =>
  `${sellerId} ${kind.replace(/^enrollment-(blocked|finished)$/, 'enrollment-ended')}`;
const sorted = (lines: readonly string[]) => [...lines].sort();
const byKey = <T, V>(rows: Iterable<T>, key: (row: T) => string, value: (row: T) => V): Record<string, V> =>
  Object.fromEntries([...rows].map((row) => [key(row), value(row)]));

const takesConfirmations = (type: string): boolean => type.startsWith('shipping-confirmation');

/** What must have come of the commands that the model was told of. */
export function endOfModel({ state, feeds, labelled, mails }: SequentialModel): EndState {
  const sellers = [...state.sellers];
  return {
    templates: byKey(
      sellers.flatMap(({ templates }) => [...templates.values()]),
      ({ id }) => id,
      templateEnd,
    ),
    skus: byKey(
      sellers.flatMap(({ skus }) => [...skus.values()]),
      skuKey,
      skuEnd,
    ),
    orders: byKey(
      sellers.flatMap(({ orders }) => [...orders.values()]),
      ({ id }) => id,
      orderEnd,
    ),
    enrollments: byKey(
      sellers.flatMap(({ enrollment }) => enrollment ?? []),
      ({ sellerId }) => sellerId,
      enrollmentEnd,
    ),
    feeds: sorted(feeds.map(({ sellerId, no, rows, rejected }) => feedEnd(sellerId, no, rows, rejected))),
    labelled: sorted(labelled),
    mails: sorted(mails.map(({ sellerId, kind }) => mailEnd(sellerId, kind))),
  };
}

/** What came of them. */
export const endOfRows = (found: FoundRows): EndState => ({
  templates: byKey(found.templates, ({ id }) => id, templateEnd),
  skus: byKey(found.skus, skuKey, skuEnd),
  orders: byKey(found.orders, ({ id }) => id, orderEnd),
  enrollments: byKey(found.enrollments, ({ sellerId }) => sellerId, enrollmentEnd),
  feeds: sorted(
    found.feeds.map(({ sellerId, type, commandNo, settledRows, counts }) =>
      feedEnd(sellerId, commandNo, settledRows, takesConfirmations(type) ? counts!.rejected : null),
    ),
  ),
  labelled: sorted(found.labelled),
  mails: sorted(found.mails.map(({ sellerId, kind }) => mailEnd(sellerId, kind))),
});
