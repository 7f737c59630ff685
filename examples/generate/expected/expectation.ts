import type { World } from '../plan/buildWorld.ts';
import { campaign, enrollment, imported, lateTemplates, propagation, regionSettings } from './beforeTrading.ts';
import { feed, pageAssignment, type RowSamples } from './feeds.ts';
import { confirmation, deactivation, labels, orders, suspension } from './trading.ts';

/** What must be found after each step of the story, worked out from what every single thing was made to be. */
export function expectation(world: World, samples: { readonly loader: RowSamples; readonly productFeed: RowSamples }) {
  return {
    ...world.wanted,
    steps: {
      import: imported(world),
      campaign: campaign(world),
      enroll: enrollment(world),
      propagation: propagation(world),
      regions: regionSettings(world),
      lateTemplates: lateTemplates(world),
      pageAssignment: pageAssignment(world),
      inventoryLoader: feed(world.loader, samples.loader),
      productFeed: feed(world.productFeed, samples.productFeed),
      orders: orders(world),
      labels: labels(world),
      confirmation: confirmation(world),
      suspension: suspension(world),
      deactivation: deactivation(world),
    },
  };
}

export type Expectation = ReturnType<typeof expectation>;
