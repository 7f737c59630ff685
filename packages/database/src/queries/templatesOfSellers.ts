import type { SellerId, ShippingTemplate, TemplateAlias } from '@ge/domain';
import { TemplateAliasEntity } from '../entities/index.ts';
import type { Transaction } from '../transaction.ts';

type Named = Pick<ShippingTemplate, 'id' | 'sellerId' | 'name' | 'geState' | 'geCommandNo' | 'isDefault' | 'wizard'>;

/**
 * What assigning needs of all the templates of these sellers, and their former names. Locked so that none is deleted
 * until the transaction ends.
 */
export async function namedTemplatesOf(
  tx: Transaction,
  sellerIds: readonly SellerId[],
): Promise<{ readonly templates: readonly Named[]; readonly aliases: readonly TemplateAlias[] }> {
  const templates = await tx.query<Named>(
    `select id, seller_id as "sellerId", name, ge_state as "geState", ge_command_no::float8 as "geCommandNo",
            is_default as "isDefault", wizard
       from shipping_templates where seller_id = any($1::text[]) order by id for key share`,
    [sellerIds],
  );
  const aliases = await tx.select(TemplateAliasEntity, 'where t.seller_id = any($1::text[])', [sellerIds]);
  return { templates, aliases };
}
