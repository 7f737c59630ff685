import type { FeedId, FeedRowOutcome, TemplateId } from '@ge/domain';
import { FeedRowEntity } from '../entities/index.ts';
import type { Transaction } from '../transaction.ts';
import type { FeedRowRow } from './feeds.ts';

/** Rows with their outcome of which there is nothing more to tell, column by column: the places of all lists belong together. */
export interface OutcomeColumns {
  readonly recordNos: number[];
  readonly skus: string[];
  readonly templateNames: (string | null)[];
  readonly outcomes: FeedRowOutcome[];
  readonly templateIds: (TemplateId | null)[];
  readonly formerTemplateIds: (TemplateId | null)[];
}

/** Writes rows of a feed with their outcome, once: thousands without findings by columns, those with more to tell as rows. */
export async function insertOutcomes(
  tx: Transaction,
  feedId: FeedId,
  plain: OutcomeColumns,
  withMore: readonly FeedRowRow[],
): Promise<void> {
  await tx.insert(FeedRowEntity, withMore);
  if (plain.recordNos.length === 0) return;
  await tx.query(
    `insert into feed_rows (feed_id, record_no, sku, template_name, outcome, template_id, former_template_id)
     select $1, record_no::int, sku, template_name, outcome, template_id, former_template_id
       from rows from (
              json_array_elements_text($2::json), json_array_elements_text($3::json), json_array_elements_text($4::json),
              json_array_elements_text($5::json), json_array_elements_text($6::json), json_array_elements_text($7::json))
         as d(record_no, sku, template_name, outcome, template_id, former_template_id)`,
    [
      feedId,
      JSON.stringify(plain.recordNos),
      JSON.stringify(plain.skus),
      JSON.stringify(plain.templateNames),
      JSON.stringify(plain.outcomes),
      JSON.stringify(plain.templateIds),
      JSON.stringify(plain.formerTemplateIds),
    ],
  );
}
