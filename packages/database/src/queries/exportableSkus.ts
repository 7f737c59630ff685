import type { TemplateId } from '@ge/domain';
import type { Transaction } from '../transaction.ts';

/** How many SKUs of each template the programme's screening lets pass (R5); templates without any are absent. */
export async function countEligibleSkus(
  tx: Transaction,
  templateIds: readonly TemplateId[],
): Promise<Map<TemplateId, number>> {
  const rows = await tx.query<{ template_id: TemplateId; count: string }>(
    `select template_id, count(*) as count from skus
      where template_id = any($1::text[]) and verdict = 'eligible' group by template_id`,
    [templateIds],
  );
  return new Map(rows.map((row) => [row.template_id, Number(row.count)]));
}
