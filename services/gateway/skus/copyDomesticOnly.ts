import { routes } from '@ge/api';
import { drawCommandNo, newId, ShippingTemplateEntity, templateNamesOf } from '@ge/database';
import { makeDomesticOnlyCopy, type TemplateId } from '@ge/domain';
import { sees } from '../http/access.ts';
import { handle } from '../http/handler.ts';
import { decided, found, NotFound } from '../http/refused.ts';
import { lockSeller } from '../sellers/lockSeller.ts';

/** The call that refusals of a removal offer (`domesticCopyCall`). */
export const copyDomesticOnly = handle(routes.skus.copyDomesticOnly, async ({ tx, params, body, access, now }) => {
  const [known] = await tx.find(ShippingTemplateEntity, [params.templateId]);
  const { sellerId } = found(known);
  if (!sees(access, sellerId)) throw new NotFound();
  await lockSeller(tx, sellerId);
  const commandNo = await drawCommandNo(tx, sellerId);
  const [source] = await tx.lock(ShippingTemplateEntity, [params.templateId], 'for share');
  const wanted = { id: newId<TemplateId>('tpl'), name: body.name, existing: await templateNamesOf(tx, sellerId) };
  const copy = decided(makeDomesticOnlyCopy(found(source), wanted, commandNo));
  await tx.insert(ShippingTemplateEntity, [{ ...copy, createdAt: now }]);
  return { status: 201, body: copy };
});
