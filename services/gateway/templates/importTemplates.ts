import { type BodyOf, routes } from '@ge/api';
import {
  newId,
  type SellerRow,
  ShippingTemplateEntity,
  type TemplateRow,
  type Transaction,
  templateNamesOf,
  templatesOf,
} from '@ge/database';
import {
  accept,
  type Decision,
  createTemplate as decideCreation,
  type ExistingNames,
  makeDefault,
  type Refusal,
  type ReviewContext,
  refuse,
  type SellerId,
  type ShippingTemplate,
  shipFromRefusals,
  type TemplateId,
} from '@ge/domain';
import { findingsOf } from '../http/accepted.ts';
import { handle } from '../http/handler.ts';
import { enablementContext } from '../sellers/enablementContext.ts';
import { lockSeller } from '../sellers/lockSeller.ts';
import { wizardUpTo } from '../wizard/wizardUpTo.ts';

type Imported = BodyOf<typeof routes.templates.importTemplates>['templates'][number];

/** A template as it comes from the marketplace: made by the rules of making one, with the seller's own settings and steps. */
function takenOver(
  sent: Imported,
  seller: SellerRow,
  existing: ExistingNames,
  context: ReviewContext,
): Decision<ShippingTemplate> {
  const { name, domesticShipping } = sent;
  const made = decideCreation({ id: newId<TemplateId>('tpl'), sellerId: seller.id, name, domesticShipping }, existing);
  const unknown = shipFromRefusals(sent.shipFrom, context.addresses).filter(({ code }) => code.endsWith('_unknown'));
  if (!made.ok) return refuse(...made.refusals, ...unknown);
  if (unknown.length > 0) return refuse(...unknown);
  const template: ShippingTemplate = {
    ...made.value,
    regionAutomation: sent.regionAutomation,
    domesticAutomation: sent.domesticAutomation,
    shipFrom: sent.shipFrom,
    carrierPreferences: sent.carrierPreferences,
  };
  if (sent.wizardStep === null) return accept(template, made.warnings);
  const stepped = wizardUpTo(template, sent.wizardStep, context);
  return stepped.ok ? accept({ ...stepped.value, version: 1 }, made.warnings) : stepped;
}

export const importTemplates = handle(routes.templates.importTemplates, async ({ tx, params, body, now, locale }) => {
  const seller = await lockSeller(tx, params.sellerId);
  const context = await enablementContext(tx, seller, now);
  const { templates, aliases } = await templateNamesOf(tx, seller.id);
  const names = [...templates];
  const added: TemplateRow[] = [];
  const results = body.templates.map((sent) => {
    const decision = takenOver(sent, seller, { templates: names, aliases }, context);
    if (!decision.ok) return resultOf(sent, null, decision.refusals, []);
    const row = { ...decision.value, createdAt: now };
    names.push({ id: row.id, name: row.name, isDefault: row.isDefault });
    added.push(row);
    return resultOf(sent, row.id, [], decision.warnings);
  });
  await tx.insert(ShippingTemplateEntity, added);

  const wished = results.findLast(({ templateId }, index) => templateId !== null && body.templates[index]!.isDefault);
  if (wished) await makeItDefault(tx, seller.id, wished.templateId!);
  return { status: 200, body: { results: results.map((result) => ({ ...result, ...inWords(result) })) } };

  function inWords(result: ReturnType<typeof resultOf>) {
    return { refusals: findingsOf(result.refusals, locale), warnings: findingsOf(result.warnings, locale) };
  }
});

async function makeItDefault(tx: Transaction, sellerId: SellerId, templateId: TemplateId): Promise<void> {
  const all = new Map((await templatesOf(tx, sellerId)).map((row) => [row.id, row]));
  const former = [...all.values()].find(({ isDefault }) => isDefault) ?? null;
  // One after the other: at no moment may two of them be the default.
  for (const next of makeDefault(all.get(templateId)!, former)) {
    await tx.update(ShippingTemplateEntity, [{ ...all.get(next.id)!, ...next }], ['isDefault', 'version']);
  }
}

const resultOf = (
  { name }: Imported,
  templateId: TemplateId | null,
  refusals: readonly Refusal[],
  warnings: readonly Refusal[],
) => ({ name, templateId, refusals, warnings });
