import {
  type LockStrength,
  type SellerRow,
  ShippingTemplateEntity,
  type TemplateRow,
  type Transaction,
} from '@ge/database';
import type { Decision, Refusal, SellerId, ShippingTemplate, TemplateId } from '@ge/domain';
import { decided, found, NotFound } from '../http/refused.ts';
import { lockSeller } from '../sellers/lockSeller.ts';

/** Locks the seller, then the template. Throws NotFound where one is not there or the template is another seller's. */
export async function lockTemplate(
  tx: Transaction,
  path: { readonly sellerId: SellerId; readonly templateId: TemplateId },
  strength: LockStrength = 'for no key update',
): Promise<{ readonly seller: SellerRow; readonly template: TemplateRow }> {
  const seller = await lockSeller(tx, path.sellerId);
  const template = found((await tx.lock(ShippingTemplateEntity, [path.templateId], strength))[0]);
  if (template.sellerId !== seller.id) throw new NotFound();
  return { seller, template };
}

/** Saves what was decided about a locked template. Throws Refused with every reason where nothing was. */
export async function saveDecided(
  tx: Transaction,
  template: TemplateRow,
  decision: Decision<ShippingTemplate>,
): Promise<{ readonly row: TemplateRow; readonly warnings: readonly Refusal[] }> {
  const row = { ...template, ...decided(decision) };
  if (row.version !== template.version) await tx.update(ShippingTemplateEntity, [row]);
  return { row, warnings: decision.ok ? decision.warnings : [] };
}
