import { routes } from '@ge/api';
import { check } from '../check.ts';
import type { Demo } from '../demo.ts';
import type { ExampleTemplate } from '../examples.ts';
import { pieces, several, tallied } from '../several.ts';
import type { DemoStep } from '../step.ts';

/** Sellers with their address books, templates in every state of the wizard, SKUs with their export data. */
export const importMarketplace: DemoStep = {
  name: 'import',
  title: 'Imports sellers, templates and SKUs from the marketplace',
  run: async (demo) => {
    const { examples, database } = demo;
    await importSellers(demo);
    const bySeller = Map.groupBy(examples.templates, (template) => template.sellerId);
    await several([...bySeller], 6, ([sellerId, templates]) => importTemplates(demo, sellerId, templates));
    const skusBySeller = Map.groupBy(examples.skus, (sku) => sku.sellerId);
    await several([...skusBySeller], 6, ([sellerId, skus]) => importSkus(demo, sellerId, skus));

    const expected = examples.expected.import;
    const [sellers] = await database.query<{ count: number }>('select count(*)::int as count from sellers');
    const [templates] = await database.query<{ count: number }>(
      'select count(*)::int as count from shipping_templates',
    );
    const verdicts = await database.query<{ verdict: string }>('select verdict from skus');
    const skusByVerdict = tallied(verdicts.map((row) => row.verdict));
    return {
      counts: { sellers: sellers!.count, templates: templates!.count, skus: verdicts.length },
      checks: [
        check('sellers', expected.sellers, sellers!.count),
        check('templates', expected.templates, templates!.count),
        check('SKUs', expected.skus, verdicts.length),
        check('SKUs by verdict of the screening', expected.skusByVerdict, skusByVerdict),
      ],
    };
  },
};

async function importSellers({ examples, client, ids }: Demo): Promise<void> {
  for (const sellers of pieces(examples.sellers, 250)) {
    const answer = await client.call(routes.sellers.importSellers, {
      body: {
        sellers: sellers.map(({ id, addresses, generalAddressId, regionAutoApply: _, ...seller }) => ({
          ...seller,
          sellerId: id,
          addresses: addresses.map((entry) => entry.address) as never,
          generalAddress:
            generalAddressId === null ? null : addresses.findIndex((entry) => entry.id === generalAddressId),
        })),
      },
    });
    for (const [at, seller] of sellers.entries()) {
      for (const [index, entry] of seller.addresses.entries())
        ids.addresses.set(entry.id, answer.sellers[at]!.addressIds[index]!);
    }
  }
  for (const { id, regionAutoApply } of examples.sellers) {
    if (regionAutoApply)
      await client.call(routes.regions.setAutoApply, { params: { sellerId: id as never }, body: { autoApply: true } });
  }
}

async function importTemplates(
  { client, ids }: Demo,
  sellerId: string,
  templates: readonly ExampleTemplate[],
): Promise<void> {
  for (const piece of pieces(templates, 200)) {
    const answer = await client.call(routes.templates.importTemplates, {
      params: { sellerId: sellerId as never },
      body: {
        templates: piece.map((template) => ({
          name: template.formerNames[0] ?? template.name,
          isDefault: template.isDefault,
          domesticShipping: template.domesticShipping as never,
          regionAutomation: template.wizard !== null,
          domesticAutomation: (template.wizard?.carrierPreferences.length ?? 0) > 0,
          shipFrom: (template.wizard?.shipFrom ?? []).map((id) => ids.addresses.get(id)!) as never,
          carrierPreferences: [...(template.wizard?.carrierPreferences ?? [])],
          wizardStep: (template.wizard?.step ?? null) as never,
        })),
      },
    });
    for (const [at, template] of piece.entries()) {
      const { templateId, refusals } = answer.results[at]!;
      if (templateId === null)
        throw new Error(`${template.id} was refused: ${refusals.map((refusal) => refusal.code).join(', ')}`);
      ids.templates.set(template.id, templateId);
      for (const name of [
        ...template.formerNames.slice(1),
        ...(template.formerNames.length > 0 ? [template.name] : []),
      ]) {
        await client.call(routes.templates.renameTemplate, {
          params: { sellerId: sellerId as never, templateId },
          body: { name },
        });
      }
    }
  }
}

async function importSkus({ client, ids }: Demo, sellerId: string, skus: Demo['examples']['skus']): Promise<void> {
  for (const piece of pieces(skus, 1_000)) {
    await client.call(routes.skus.importSkus, {
      params: { sellerId: sellerId as never },
      body: {
        skus: piece.map(({ sku, templateId, title, exportData }) => ({
          sku,
          template: { id: ids.templates.get(templateId)! },
          title,
          exportData: exportData as never,
        })) as never,
      },
    });
  }
}
