import { type RowOf, ShippingTemplateEntity, type TemplateRange, type Transaction, templatePages } from '@ge/database';
import type { TemplateId } from '@ge/domain';
import { RowSet } from '@ge/runtime';

export type TemplateRow = RowOf<typeof ShippingTemplateEntity>;

/** One message's slice of its range. */
export interface PageRequest extends TemplateRange {
  readonly messageId: number;
  readonly after: TemplateId | null;
}

export interface TemplatePage {
  readonly ids: readonly TemplateId[];
  /** Where the next page begins; null when this one is the last. */
  readonly nextAfter: TemplateId | null;
}

/**
 * Locks the next templates of each message, `perTransaction` in all: many sellers at once take smaller pages, so that
 * their transaction stays as short as that of one.
 */
export async function lockTemplatePages(
  tx: Transaction,
  requests: readonly PageRequest[],
  perTransaction: number,
): Promise<{
  readonly templates: RowSet<TemplateRow>;
  readonly pages: ReadonlyMap<number, TemplatePage>;
}> {
  const size = Math.max(1, Math.floor(perTransaction / Math.max(1, requests.length)));
  const found = await templatePages(tx, requests, size);
  const locked = await tx.lock(ShippingTemplateEntity, [...new Set(found.flat())]);
  const templates = new RowSet(locked, (row) => row.id);
  const page = (ids: readonly TemplateId[]) => ({
    // One that was deleted between the look and the lock is nobody's any more.
    ids: ids.filter((id) => templates.has(id)),
    nextAfter: ids.length < size ? null : ids.at(-1)!,
  });
  return {
    templates,
    pages: new Map(requests.map((request, index) => [request.messageId, page(found[index]!)])),
  };
}
