import { type Client, routes } from '@ge/api';
import type { SellerId, TemplateId } from '@ge/domain';
import { inTurns } from '../fleet/inTurns.ts';
import {
  address,
  domesticShipping,
  exportData,
  type Market,
  orderIdOf,
  sellingTemplates,
  skuCode,
  skusEach,
  spareNo,
  templateName,
  templatesEach,
} from './market.ts';

/** What the ids of all sellers of one flood begin with. */
export const prefixOf = (run: number): string => `FLOOD-${run.toString(36).padStart(5, '0')}-`;

const sellersPerCall = 100;
const atOnce = 8;

/**
 * A market made as a marketplace makes one: sellers, templates and SKUs by the import routes, then an invitation and Enroll
 * for the templates that are to sell abroad. Their names are drawn anew for each flood, so that none meets another one's.
 * Mails to them go to addresses under `.invalid`, which nobody can have. `made` is told of the sellers before they are made, so that
 * whatever comes of this, they can be found. Resolves with Enroll still being carried out. Throws ApiProblem.
 */
export async function importMarket(
  client: Client,
  count: number,
  run: number,
  stopping: AbortSignal,
  {
    made,
    onShare,
  }: { readonly made: (sellers: readonly SellerId[]) => void; readonly onShare: (share: number) => void },
): Promise<Market> {
  const sellers = Array.from(
    { length: count },
    (_, no) => `${prefixOf(run)}${String(no).padStart(5, '0')}` as SellerId,
  );
  const templates = new Map<SellerId, readonly TemplateId[]>();
  for (let from = 0; from < sellers.length && !stopping.aborted; from += sellersPerCall) {
    const some = sellers.slice(from, from + sellersPerCall);
    made(some);
    await client.call(routes.sellers.importSellers, { body: { sellers: some.map(importedSeller) } });
    await inTurns(some, atOnce, async (seller) => {
      if (stopping.aborted) return;
      templates.set(seller, await open(client, seller));
      onShare(templates.size / count);
    });
  }
  return {
    sellers: [...templates.keys()].sort(),
    spareTemplate: (seller, no) => templates.get(seller)![spareNo(no)]!,
    orderId: (no) => orderIdOf(run, no),
  };
}

const importedSeller = (sellerId: SellerId) => ({
  sellerId,
  marketplaceId: 'FLOOD',
  country: 'US' as never,
  name: `Seller ${sellerId}`,
  email: `${sellerId.toLowerCase()}@flood.invalid`,
  locale: 'en-US' as const,
  timeZone: 'America/New_York',
  addresses: [address],
  generalAddress: 0,
});

async function open(client: Client, sellerId: SellerId): Promise<readonly TemplateId[]> {
  const ofSeller = { params: { sellerId } };
  const { results } = await client.call(routes.templates.importTemplates, {
    ...ofSeller,
    body: {
      templates: Array.from({ length: templatesEach }, (_, no) => ({
        name: templateName(no),
        isDefault: no === 0,
        domesticShipping: domesticShipping(100) as never,
      })),
    },
  });
  const templates = results.flatMap(({ templateId }) => templateId ?? []);
  if (templates.length < templatesEach)
    throw new Error(`a template of ${sellerId} was refused: ${results[0]!.refusals[0]?.message}`);
  await client.call(routes.skus.importSkus, {
    ...ofSeller,
    body: {
      skus: Array.from({ length: skusEach }, (_, no) => ({
        sku: skuCode(sellerId, no) as never,
        title: 'Shirt',
        template: { name: templateName(no % sellingTemplates) },
        exportData: exportData as never,
      })),
    },
  });
  await client.call(routes.invitations.invite, ofSeller);
  await client.call(routes.enrollment.enroll, {
    ...ofSeller,
    body: { templates: templates.slice(0, sellingTemplates) },
  });
  return templates;
}
