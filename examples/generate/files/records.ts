import type { World } from '../plan/buildWorld.ts';
import { MARKETPLACE } from '../plan/sellers.ts';
import { exportDataOf } from '../plan/skus.ts';
import type { TemplateRecord } from '../records.ts';

export function* sellerRecords({ sellers }: World) {
  for (const seller of sellers) {
    const { id, country, name, email, locale, timeZone, regionAutoApply, generalAddressId, addresses } = seller;
    yield {
      id,
      marketplaceId: MARKETPLACE,
      country,
      name,
      email,
      locale,
      timeZone,
      regionAutoApply,
      generalAddressId,
      addresses,
    };
  }
}

export function* templateRecords({ sellers }: World): Generator<TemplateRecord> {
  for (const { templates } of sellers) {
    for (const { domesticAutomation: _, ...template } of templates) yield template;
  }
}

export function* skuRecords({ sellers }: World) {
  for (const { id, templates, skus } of sellers) {
    for (const sku of skus) {
      const templateId = templates[sku.template]!.id;
      yield { sellerId: id, sku: sku.code, templateId, title: sku.goods.title, exportData: exportDataOf(sku) };
    }
  }
}

export function* regionRecords({ regions }: World) {
  for (const { seller, excludedDestinations } of regions) yield { sellerId: seller.id, excludedDestinations };
}

export function* orderRecords({ orders }: World) {
  for (const { record } of orders) yield record;
}

/** The choices of the story that are not a file of their own. */
export function storyRecord(world: World) {
  const { story, page, loader, productFeed, confirmation, labelsAfterLeaving } = world;
  return {
    ignoreInvitation: story.ignoreInvitation.map(({ id }) => id),
    lateTemplates: story.lateTemplates.map(({ template }) => template),
    pageAssignment: {
      sellerId: page.seller.id,
      items: page.items.map(({ sku, templateId }) => ({ sku, templateId })),
      oneTooMany: page.tooMany,
    },
    feeds: {
      inventoryLoader: { sellerId: loader.seller.id, file: 'inventory-loader.txt', type: 'inventory-loader' },
      productFeed: { sellerId: productFeed.seller.id, file: 'product-feed.xml', type: 'product-xml' },
      confirmation: { sellerId: confirmation.sellerId, file: 'confirmation.txt', type: 'shipping-confirmation' },
    },
    suspension: story.suspension,
    deactivations: story.leavings.map(({ seller, templates }) => ({
      sellerId: seller.id,
      templateIds: templates?.map(({ id }) => id) ?? null,
    })),
    labelsAfterDeactivation: labelsAfterLeaving,
  };
}
