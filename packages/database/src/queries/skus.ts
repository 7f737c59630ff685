import type { SellerId, TemplateId } from '@ge/domain';
import { SkuEntity } from '../entities/index.ts';
import type { RowOf } from '../rows/table.ts';
import type { Transaction } from '../transaction.ts';

export type SkuRow = RowOf<typeof SkuEntity>;

/** A seller's SKUs in code order, of one template or all; `after` is the code of the last one seen. */
export const skusOfSeller = (
  tx: Transaction,
  wanted: {
    readonly sellerId: SellerId;
    readonly templateId: TemplateId | null;
    readonly after: string | null;
    readonly limit: number;
  },
): Promise<SkuRow[]> =>
  tx.select(
    SkuEntity,
    `where t.seller_id = $1 and ($2::text is null or t.template_id = $2) and t.sku > $3 order by t.sku limit $4`,
    [wanted.sellerId, wanted.templateId, wanted.after ?? '', wanted.limit],
  );
