import { EnrollmentEntity, lockEnrollments, ShippingTemplateEntity, type Transaction } from '@ge/database';
import type { CommandNo, SellerId, TemplateId } from '@ge/domain';
import { RowSet } from '@ge/runtime';
import { readBlockedCounts } from './blockedCounts.ts';
import { governedColumns } from './governedColumns.ts';
import { lockSellers, readSellerFacts } from './sellerFacts.ts';

/** A command on one template. */
export interface TemplateCommand {
  readonly payload: { readonly sellerId: SellerId; readonly templateId: TemplateId; readonly commandNo: CommandNo };
}

export type TemplatesState = Awaited<ReturnType<typeof loadTemplates>>;

/** Locks and reads what commands on single templates need, for any number of sellers at once. */
export async function loadTemplates(tx: Transaction, jobs: readonly TemplateCommand[]) {
  const sellerIds = jobs.map((job) => job.payload.sellerId);
  const sellers = await lockSellers(tx, sellerIds);
  const enrollments = await lockEnrollments(tx, sellerIds);
  const templates = await tx.lock(ShippingTemplateEntity, [...new Set(jobs.map((job) => job.payload.templateId))]);
  return {
    enrollments: new RowSet(enrollments, (row) => row.sellerId),
    templates: new RowSet(templates, (row) => row.id),
    blockedCounts: await readBlockedCounts(tx, enrollments),
    facts: await readSellerFacts(tx, sellers),
  };
}

/** The template of a command and all that deciding on it needs; undefined where it was deleted or never the seller's. */
export function templateOf(job: TemplateCommand, state: TemplatesState, now: Date) {
  const { sellerId, templateId, commandNo } = job.payload;
  const template = state.templates.get(templateId);
  const context = state.facts.context(sellerId, commandNo, now);
  return template && context && template.sellerId === sellerId ? { template, context } : undefined;
}

export async function saveTemplates(tx: Transaction, { enrollments, templates }: TemplatesState): Promise<void> {
  await tx.update(EnrollmentEntity, enrollments.changed());
  await tx.update(ShippingTemplateEntity, templates.changed(), governedColumns);
}
