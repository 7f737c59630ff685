import type { propagateDeactivation, propagateEnrollment } from '@ge/contracts';
import {
  EnrollmentEntity,
  lockEnrollments,
  MailEntity,
  type MailRow,
  type RowOf,
  ShippingTemplateEntity,
  type TemplateRange,
  type Transaction,
} from '@ge/database';
import { type Job, RowSet } from '@ge/runtime';
import { governedColumns } from './governedColumns.ts';
import { lockTemplatePages, type PageRequest, type TemplatePage, type TemplateRow } from './lockTemplatePages.ts';
import { lockSellers, readSellerFacts, type SellerFacts } from './sellerFacts.ts';

type EnrollmentRow = RowOf<typeof EnrollmentEntity>;

/** What a command over all templates of a seller works on. */
export interface Propagation {
  readonly enrollments: RowSet<EnrollmentRow>;
  readonly templates: RowSet<TemplateRow>;
  readonly ranges: readonly PageRequest[];
  /** By message. */
  readonly pages: ReadonlyMap<number, TemplatePage>;
  readonly mails: RowSet<MailRow>;
  readonly facts: SellerFacts;
}

/** Locks the sellers, their enrollments and the next page of each; `scopeOf` says which templates a command is about. */
export async function loadPropagation(
  tx: Transaction,
  jobs: readonly Job<typeof propagateDeactivation | typeof propagateEnrollment>[],
  templatesPerTransaction: number,
  scopeOf: (enrollment: EnrollmentRow | undefined) => TemplateRange['scope'],
): Promise<Propagation> {
  const sellerIds = jobs.map((job) => job.payload.sellerId);
  const sellers = await lockSellers(tx, sellerIds);
  const enrollments = new RowSet(await lockEnrollments(tx, sellerIds), (row) => row.sellerId);
  const ranges = jobs.map((job) => ({
    messageId: job.message.id,
    sellerId: job.payload.sellerId,
    scope: scopeOf(enrollments.get(job.payload.sellerId)),
    after: job.cursor?.afterTemplateId ?? null,
  }));
  const { templates, pages } = await lockTemplatePages(tx, ranges, templatesPerTransaction);
  return {
    enrollments,
    templates,
    ranges,
    pages,
    mails: new RowSet<MailRow>([], (row) => row.id),
    facts: await readSellerFacts(tx, sellers),
  };
}

export async function savePropagation(tx: Transaction, { enrollments, templates, mails }: Propagation): Promise<void> {
  await tx.update(EnrollmentEntity, enrollments.changed());
  await tx.update(ShippingTemplateEntity, templates.changed(), governedColumns);
  await tx.insert(MailEntity, mails.added());
}
