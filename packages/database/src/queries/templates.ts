import type { GeState, SellerId, TemplateAlias, TemplateId } from '@ge/domain';
import { ShippingTemplateEntity, TemplateAliasEntity } from '../entities/index.ts';
import type { RowOf } from '../rows/table.ts';
import type { Transaction } from '../transaction.ts';

export type TemplateRow = RowOf<typeof ShippingTemplateEntity>;

/** Every template of a seller in id order, or those of the named ones that are the seller's; unlocked. */
export const templatesOf = (
  tx: Transaction,
  sellerId: SellerId,
  named: readonly TemplateId[] | null = null,
): Promise<TemplateRow[]> =>
  tx.select(ShippingTemplateEntity, 'where t.seller_id = $1 and ($2::text[] is null or t.id = any($2)) order by t.id', [
    sellerId,
    named,
  ]);

export async function findTemplate(
  tx: Transaction,
  sellerId: SellerId,
  templateId: TemplateId,
): Promise<TemplateRow | null> {
  const rows = await tx.select(ShippingTemplateEntity, 'where t.id = $1 and t.seller_id = $2', [templateId, sellerId]);
  return rows[0] ?? null;
}

/** One page of a seller's templates in id order; `name` is matched exactly. */
export const templatesPage = (
  tx: Transaction,
  wanted: {
    readonly sellerId: SellerId;
    readonly geState: GeState | null;
    readonly name: string | null;
    readonly after: string | null;
    readonly limit: number;
  },
): Promise<TemplateRow[]> =>
  tx.select(
    ShippingTemplateEntity,
    `where t.seller_id = $1 and t.id > $2 and ($3::text is null or t.ge_state = $3) and ($4::text is null or t.name = $4)
     order by t.id limit $5`,
    [wanted.sellerId, wanted.after ?? '', wanted.geState, wanted.name, wanted.limit],
  );

/** The names a seller's templates have and had: what a new name is judged by. Lock the seller first. */
export async function templateNamesOf(
  tx: Transaction,
  sellerId: SellerId,
): Promise<{
  readonly templates: readonly { readonly id: TemplateId; readonly name: string; readonly isDefault: boolean }[];
  readonly aliases: readonly TemplateAlias[];
}> {
  const templates = await tx.query<{ id: TemplateId; name: string; isDefault: boolean }>(
    'select id, name, is_default as "isDefault" from shipping_templates where seller_id = $1 order by id',
    [sellerId],
  );
  const aliases = await tx.select(TemplateAliasEntity, 'where t.seller_id = $1 order by t.name', [sellerId]);
  return { templates, aliases };
}

export async function removeAlias(tx: Transaction, { sellerId, name }: TemplateAlias): Promise<void> {
  await tx.query('delete from template_aliases where seller_id = $1 and name = $2', [sellerId, name]);
}

/** Removes a template with its former names. The caller has seen that no SKU is left in it. */
export async function removeTemplate(tx: Transaction, templateId: TemplateId): Promise<void> {
  await tx.query('delete from template_aliases where template_id = $1', [templateId]);
  await tx.query('delete from shipping_templates where id = $1', [templateId]);
}

/** SKUs assigned to a template, and how many of them the screening lets pass. */
export async function skuCountsOf(
  tx: Transaction,
  templateId: TemplateId,
): Promise<{ readonly assigned: number; readonly eligible: number }> {
  const rows = await tx.query<{ assigned: number; eligible: number }>(
    `select count(*)::int as assigned, count(*) filter (where verdict = 'eligible')::int as eligible
       from skus where template_id = $1`,
    [templateId],
  );
  return rows[0]!;
}

/** How many of a seller's templates are in which state. */
export async function templateStateCounts(tx: Transaction, sellerId: SellerId): Promise<Record<GeState, number>> {
  const rows = await tx.query<{ state: GeState; count: number }>(
    'select ge_state as state, count(*)::int as count from shipping_templates where seller_id = $1 group by ge_state',
    [sellerId],
  );
  const counts: Record<GeState, number> = { off: 0, enabled: 0, blocked: 0, deactivated: 0 };
  for (const { state, count } of rows) counts[state] = count;
  return counts;
}

/** How many enabled templates a seller has, and how many of them have a lower setting version than `version`. */
export async function countBehindSetting(
  tx: Transaction,
  sellerId: SellerId,
  version: number,
): Promise<{ readonly enabled: number; readonly behind: number }> {
  const rows = await tx.query<{ enabled: number; behind: number }>(
    `select count(*)::int as enabled, count(*) filter (where applied_setting_version < $2)::int as behind
       from shipping_templates where seller_id = $1 and ge_state = 'enabled'`,
    [sellerId, version],
  );
  return rows[0]!;
}

/** One page of the enabled templates with a lower setting version than `version`. */
export const templatesBehindSetting = (
  tx: Transaction,
  wanted: {
    readonly sellerId: SellerId;
    readonly version: number;
    readonly after: string | null;
    readonly limit: number;
  },
): Promise<TemplateRow[]> =>
  tx.select(
    ShippingTemplateEntity,
    `where t.seller_id = $1 and t.ge_state = 'enabled' and t.applied_setting_version < $2 and t.id > $3
     order by t.id limit $4`,
    [wanted.sellerId, wanted.version, wanted.after ?? '', wanted.limit],
  );
