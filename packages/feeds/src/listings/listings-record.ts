import { problem } from '../problem/problem.ts';
import type { FeedRecord, RowProblem } from '../record/record.ts';
import { rejected, type SkuFieldNames, type SkuOperation, skuRecord } from '../record/sku-record.ts';
import type { ListingsMessage } from './listings-message.ts';

export const templateAttribute = 'merchant_shipping_group';

const names: SkuFieldNames = {
  sku: 'sku',
  operation: 'operationType',
  operations: 'UPDATE, PARTIAL_UPDATE, PATCH, DELETE',
  templateName: templateAttribute,
};

const operations: ReadonlyMap<unknown, SkuOperation> = new Map([
  ['UPDATE', 'assign'],
  ['PARTIAL_UPDATE', 'assign'],
  ['PATCH', 'assign'],
  ['DELETE', 'delete-offer'],
]);

const settingOps: ReadonlySet<unknown> = new Set(['add', 'replace', 'merge']);

/** The record of one message. An UPDATE, too, touches only the template here; other attributes have their own feeds (R15). */
export function listingsRecord(recordNo: number, message: ListingsMessage): FeedRecord {
  const { values, problems } = message;
  const { sku, operationType } = values;
  const messageId = messageIdOf(values.messageId);
  if (messageId === null) problems.push(problem('GE-15026'));
  if (sku !== undefined && typeof sku !== 'string') {
    problems.push(problem('GE-15029', { column: names.sku, expected: 'a text' }));
    return rejected(recordNo, messageId, problems);
  }
  const operation = operations.get(operationType) ?? null;
  const group = operationType === 'PATCH' ? patchedGroup(message) : operation === 'assign' ? values.group : undefined;
  const template = group === undefined ? '' : templateOf(group, problems);
  return skuRecord(recordNo, messageId, sku ?? '', operation, template, names, problems);
}

const messageIdOf = (given: unknown): string | null =>
  typeof given === 'number' && Number.isSafeInteger(given) && given >= 1 ? String(given) : null;

/** What the patches make of the attribute; undefined = they leave it alone. */
function patchedGroup({ patches, problems }: ListingsMessage): unknown {
  if (patches.size === 0) problems.push(problem('GE-15025', { column: 'patches' }));
  const about = [...patches.values()].filter(({ path }) => path === `/attributes/${templateAttribute}`);
  if (about.length > 1) problems.push(problem('GE-15024', { column: templateAttribute }));
  const [patch] = about;
  if (!patch) return undefined;
  if (!settingOps.has(patch.op)) {
    problems.push(problem('90244', { column: 'op', allowed: [...settingOps].join(', ') }));
    return undefined;
  }
  return patch.value ?? null;
}

/** One template for all marketplaces that are named; empty where that is not what stands there, which is a finding then. */
function templateOf(group: unknown, problems: RowProblem[]): string {
  const values = Array.isArray(group) ? group.map((one) => (one as { value?: unknown } | null)?.value) : [];
  const [first] = values;
  if (typeof first === 'string' && values.every((value) => value === first)) {
    if (first === '') problems.push(problem('90220', { column: names.templateName }));
    return first;
  }
  problems.push(problem('GE-15029', { column: names.templateName, expected: '[{"value": "…"}]' }));
  return '';
}
