import { queueNames } from '@ge/contracts';
import {
  assignmentFeedTypes,
  carriersAwaited,
  countStandings,
  type FeedId,
  type LabelBatchId,
  type LabelId,
  type OrderId,
  type SellerId,
  type SkuCode,
  screenProduct,
  shownBatchState,
  standsLike,
  type TemplateId,
  whyBatch,
  whyEnded,
  whyFeed,
  whyLabel,
  whyMessage,
  whyOperation,
  whyOrder,
  whyRefused,
  whySeller,
  whySku,
  whyTemplate,
} from '@ge/domain';
import {
  EnrollmentEntity,
  FeedEntity,
  LabelPurchaseEntity,
  OrderEntity,
  SellerEntity,
  ShippingTemplateEntity,
  SkuEntity,
} from '../entities/index.ts';
import type { MessageRow } from '../messages/take.ts';
import { backlogPage } from '../queries/backlogPage.ts';
import { standingsByCarrier } from '../queries/carrierStandings.ts';
import { databaseTime } from '../queries/databaseTime.ts';
import { earlierOpenFeed } from '../queries/feeds.ts';
import {
  asidesOfBatches,
  findLabelBatch,
  itemsOfBatch,
  nextAskedAgainOf,
  tallyBatches,
  unsentOfBatches,
} from '../queries/labelBatches.ts';
import { labelsOfOrders } from '../queries/labels.ts';
import { findOperation } from '../queries/operations.ts';
import { readSuspensions } from '../queries/suspensions.ts';
import type { Transaction } from '../transaction.ts';
import {
  countDeadOf,
  historyOfOperation,
  messageHistory,
  messagesAbout,
  messagesOfOperation,
  type Subject,
} from './messageHistory.ts';
import { messageStandings } from './messageStanding.ts';
import type { WhyKind } from './whyIds.ts';
import type { WhyFinder, WhyMessage } from './whyOf.ts';

const nothing = { messages: [], history: [], related: [] } as const;

async function explained(tx: Transaction, messages: readonly MessageRow[], now: Date): Promise<WhyMessage[]> {
  const standings = await messageStandings(tx, messages);
  return messages.map((message, at) => ({ message, reasons: whyMessage(standings[at]!, now) }));
}

const about = async (tx: Transaction, subject: Subject, now: Date) =>
  explained(tx, await messagesAbout(tx, subject), now);

const message: WhyFinder = async (tx, id, now) => {
  const found = await messageHistory(tx, Number(id.split('-', 1)[0]));
  if (!found) return null;
  const { message: row, log } = found;
  const last = log.at(-1) ?? null;
  const [here] = row ? await explained(tx, [row], now) : [];
  const operationId = row?.operationId ?? last?.operationId ?? null;
  return {
    kind: 'message',
    id: id.split('-', 1)[0]!,
    sellerId: row?.sellerId ?? last?.sellerId ?? null,
    state: row?.state ?? last?.outcome ?? 'forgotten',
    reasons: here?.reasons ?? [whyEnded(last)],
    messages: here ? [here] : [],
    history: log,
    related: [
      ...(operationId ? [{ kind: 'operation' as const, id: operationId }] : []),
      ...subjectsOf(row?.payload ?? null),
    ],
  };
};

/** What a message is about, as far as its payload names something that can be asked about. */
function subjectsOf(payload: unknown): { kind: WhyKind; id: string }[] {
  const fields = (payload ?? {}) as Readonly<Record<string, unknown>>;
  return (['label', 'order', 'batch', 'feed', 'template'] as const).flatMap((kind) => {
    const id = fields[`${kind}Id`];
    return typeof id === 'string' ? [{ kind, id }] : [];
  });
}

const operation: WhyFinder = async (tx, id, now) => {
  const row = await findOperation(tx, id);
  if (!row) return null;
  return {
    ...nothing,
    kind: 'operation',
    id,
    sellerId: row.sellerId,
    state: row.state,
    reasons: whyOperation(row),
    messages: await explained(tx, await messagesOfOperation(tx, id), now),
    history: await historyOfOperation(tx, id),
  };
};

const order: WhyFinder = async (tx, id, now) => {
  const [row] = await tx.find(OrderEntity, [id]);
  if (!row) return null;
  const { active } = await readSuspensions(tx);
  const labels = await labelsOfOrders(tx, [id as OrderId]);
  const subject = { queues: ['label-purchase'], sellerId: row.sellerId, field: 'orderId', id } as const;
  return {
    ...nothing,
    kind: 'order',
    id,
    sellerId: row.sellerId,
    state: row.state,
    reasons: whyOrder(row, active),
    messages: await about(tx, subject, now),
    related: labels.map((label) => ({ kind: 'label', id: label.id, state: label.state })),
  };
};

const label: WhyFinder = async (tx, id, now) => {
  const [row] = await tx.find(LabelPurchaseEntity, [id as LabelId]);
  if (!row) return null;
  const subject = { queues: ['label-purchase'], sellerId: row.sellerId, field: 'labelId', id } as const;
  return {
    ...nothing,
    kind: 'label',
    id,
    sellerId: row.sellerId,
    state: row.state,
    reasons: whyLabel(row),
    messages: await about(tx, subject, now),
    related: [
      { kind: 'order', id: row.orderId },
      ...(row.batchId ? [{ kind: 'batch' as const, id: row.batchId }] : []),
    ],
  };
};

/** Labels of a batch that are named beside it: those that a person has to look into. */
const parkedNamed = 20;

const batch: WhyFinder = async (tx, id, now) => {
  const row = await findLabelBatch(tx, id as LabelBatchId);
  if (!row) return null;
  const groups = await tallyBatches(tx, [row.id]);
  const counts = countStandings(groups);
  const aside = groups.reduce((sum, { isAside, count }) => sum + (isAside ? count : 0), 0);
  const nextAskedAgain = (await nextAskedAgainOf(tx, [row.id])).get(row.id) ?? null;
  const unsent = (await unsentOfBatches(tx, [row.id])).get(row.id) ?? new Map();
  const asides = (await asidesOfBatches(tx, [row.id])).get(row.id) ?? new Map();
  const awaited = carriersAwaited(unsent, asides, await standingsByCarrier(tx), await databaseTime(tx));
  const subject = { queues: ['label-purchase'], sellerId: row.sellerId, field: 'batchId', id } as const;
  const wanted = { batchId: row.id, like: standsLike('parked'), after: null, limit: parkedNamed };
  const parked = counts.parked > 0 ? await itemsOfBatch(tx, wanted) : [];
  return {
    ...nothing,
    kind: 'batch',
    id,
    sellerId: row.sellerId,
    state: shownBatchState(row, counts),
    reasons: whyBatch(row, counts, { count: aside, nextAskedAgain }, awaited),
    // Those of its labels, up to 10,000, are told by the operation.
    messages: await about(tx, subject, now),
    related: [
      { kind: 'operation', id: row.operationId },
      ...parked.flatMap(({ label: one }) => (one ? [{ kind: 'label' as const, id: one.id, state: one.state }] : [])),
    ],
  };
};

const feed: WhyFinder = async (tx, id, now) => {
  const [row] = await tx.find(FeedEntity, [id as FeedId]);
  if (!row) return null;
  const waits = row.state === 'IN_QUEUE' && assignmentFeedTypes.includes(row.type);
  const before = waits ? await earlierOpenFeed(tx, row.sellerId, row.commandNo, assignmentFeedTypes) : null;
  const subject = {
    queues: ['sku-assignment', 'label-purchase'],
    sellerId: row.sellerId,
    field: 'feedId',
    id,
  } as const;
  return {
    ...nothing,
    kind: 'feed',
    id,
    sellerId: row.sellerId,
    state: row.state,
    reasons: whyFeed(row, before),
    messages: await about(tx, subject, now),
    related: before ? [{ kind: 'feed', id: before.id, state: before.state }] : [],
  };
};

const template: WhyFinder = async (tx, id, now) => {
  const [row] = await tx.find(ShippingTemplateEntity, [id as TemplateId]);
  if (!row) return null;
  const [seller] = await tx.find(SellerEntity, [row.sellerId]);
  const [enrollment = null] = await tx.find(EnrollmentEntity, [row.sellerId]);
  const { version: suspensionVersion } = await readSuspensions(tx);
  const settingVersion = seller?.regionSettingVersion ?? 0;
  const subject = { queues: ['template-propagation'], sellerId: row.sellerId, field: 'templateId', id } as const;
  return {
    ...nothing,
    kind: 'template',
    id,
    sellerId: row.sellerId,
    state: row.geState,
    reasons: whyTemplate(row, { settingVersion, suspensionVersion, enrollment }),
    messages: await about(tx, subject, now),
    related: enrollment?.operationId ? [{ kind: 'operation', id: enrollment.operationId }] : [],
  };
};

const sku: WhyFinder = async (tx, id, now) => {
  const slash = id.indexOf('/');
  const sellerId = id.slice(0, slash) as SellerId;
  const [row] = await tx.find(SkuEntity, [[sellerId, id.slice(slash + 1) as SkuCode]]);
  const [under] = row ? await tx.find(ShippingTemplateEntity, [row.templateId]) : [];
  if (!row || !under) return null;
  const reasons = whySku(row, under);
  const findings = row.verdict === 'eligible' ? [] : screenProduct(row.exportData, null, now).findings;
  return {
    ...nothing,
    kind: 'sku',
    id,
    sellerId,
    state: reasons[0]!.code === 'sku.exportable' ? 'exportable' : 'not_exportable',
    reasons: [...reasons, ...findings.map(({ reason }) => whyRefused(reason))],
    related: [{ kind: 'template', id: under.id, state: under.geState }],
  };
};

const seller: WhyFinder = async (tx, id) => {
  const [row] = await tx.find(SellerEntity, [id]);
  if (!row) return null;
  const [enrollment = null] = await tx.find(EnrollmentEntity, [row.id]);
  const wanted = { queues: queueNames, sellerId: id, withLater: true, after: null, limit: queueNames.length };
  const backlog = await backlogPage(tx, wanted);
  return {
    ...nothing,
    kind: 'seller',
    id,
    sellerId: id,
    state: enrollment?.state ?? 'not_enrolled',
    reasons: whySeller(id, enrollment, backlog, await countDeadOf(tx, id)),
    related: enrollment?.operationId ? [{ kind: 'operation', id: enrollment.operationId }] : [],
  };
};

/** How each kind of thing is found and explained. */
export const whyFinders: Readonly<Record<WhyKind, WhyFinder>> = {
  message,
  operation,
  order,
  label,
  batch,
  feed,
  template,
  sku,
  seller,
};
