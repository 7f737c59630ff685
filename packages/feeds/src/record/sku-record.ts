import { problem } from '../problem/problem.ts';
import { type FeedRecord, noProblems, type RejectedRecord, type RowProblem } from './record.ts';
import { checkRequired, checkValue } from './value-check.ts';

const SKU_BYTES = 40;
const TEMPLATE_NAME_LENGTH = 500;

/** Names of the fields in the format at hand, for findings. */
export interface SkuFieldNames {
  readonly sku: string;
  readonly operation: string;
  readonly operations: string;
  readonly templateName: string;
}

export type SkuOperation = 'assign' | 'delete-offer' | 'delete-product';

export function rejected(
  recordNo: number,
  messageId: string | null,
  problems: readonly RowProblem[],
  row: { readonly sku?: string; readonly orderId?: string; readonly orderItemId?: string } = {},
): RejectedRecord {
  const { sku = '', orderId = '', orderItemId = '' } = row;
  return { kind: 'rejected', recordNo, messageId, sku, orderId, orderItemId, problems };
}

/**
 * One row of an assignment feed: checks what was written and says what it asks for.
 * Operation null = not one the format knows. An empty template name leaves the template as it is (R15).
 */
export function skuRecord(
  recordNo: number,
  messageId: string | null,
  sku: string,
  operation: SkuOperation | null,
  templateName: string,
  names: SkuFieldNames,
  found: readonly RowProblem[] = noProblems,
): FeedRecord {
  const skuProblem = checkRequired(sku, names.sku, SKU_BYTES);
  const nameProblem =
    templateName === '' ? null : checkValue(templateName, names.templateName, TEMPLATE_NAME_LENGTH, 'characters');
  const bad = skuProblem !== null || nameProblem !== null || operation === null;
  if (bad || (found.length > 0 && found.some((one) => one.severity === 'error'))) {
    const problems = [...found];
    if (skuProblem) problems.push(skuProblem);
    if (operation === null) problems.push(problem('90244', { column: names.operation, allowed: names.operations }));
    if (nameProblem) problems.push(nameProblem);
    return rejected(recordNo, messageId, problems, { sku: skuProblem ? shortened(sku) : sku });
  }
  if (operation === 'assign') {
    return {
      kind: 'assignment',
      recordNo,
      messageId,
      sku,
      templateName: templateName === '' ? null : templateName,
      templateId: null,
      problems: found,
    };
  }
  const extent = operation === 'delete-offer' ? 'offer' : 'product';
  return { kind: 'deletion', recordNo, messageId, sku, extent, problems: found };
}

/** Enough of a value that is no SKU to find it again in the file. */
const shortened = (sku: string): string => sku.slice(0, SKU_BYTES).replace(/[\p{Cc}\p{Cs}]/gu, ' ');
