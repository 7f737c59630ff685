import { suspendedPlace } from '../data/abroad.ts';
import { Random } from '../random.ts';
import { type ConfirmationPlan, planConfirmation } from './confirmationRows.ts';
import { type FeedPlan, planLoader, planProductFeed } from './feeds.ts';
import { type LabelRecord, planLabels, planLabelsAfterLeaving } from './labels.ts';
import type { OrderPlan } from './orderDesk.ts';
import { planOrders } from './orders.ts';
import { type PageAssignment, planPageAssignment } from './pageAssignment.ts';
import { planRegions, type RegionChoice } from './regions.ts';
import { planSeller } from './sellers.ts';
import { planStory, type Story } from './story.ts';
import type { SellerPlan, Wanted } from './world.ts';

/** Everything that is planned before a file is written: the sellers, and what happens to them. */
export interface World {
  readonly wanted: Wanted;
  readonly sellers: readonly SellerPlan[];
  readonly story: Story;
  readonly regions: readonly RegionChoice[];
  readonly page: PageAssignment;
  readonly loader: FeedPlan;
  readonly productFeed: FeedPlan;
  readonly orders: readonly OrderPlan[];
  readonly labels: readonly LabelRecord[];
  readonly labelsAfterLeaving: readonly LabelRecord[];
  readonly confirmation: ConfirmationPlan;
}

/** The same numbers give the same world, whatever machine and whatever day it is. */
export function buildWorld(wanted: Wanted): World {
  const root = new Random(`global express examples/${wanted.seed}`);
  const sellers = Array.from({ length: wanted.sellers }, (_, index) => planSeller(index, wanted, root));
  const regions = planRegions(sellers, root.fork('regions'));
  const loader = planLoader(sellers, wanted, root.fork('loader'));
  const orders = planOrders({ sellers, regions, loader }, wanted, root.fork('orders'));
  const confirmer = sellers.find(({ role }) => role === 'confirmer')!;
  return {
    wanted,
    sellers,
    regions,
    loader,
    orders,
    story: planStory(sellers, suspendedPlace.country, root.fork('story')),
    page: planPageAssignment(sellers, root.fork('page')),
    productFeed: planProductFeed(sellers, wanted, root.fork('product feed')),
    labels: planLabels(orders),
    labelsAfterLeaving: planLabelsAfterLeaving(orders),
    confirmation: planConfirmation(orders, confirmer.id, root.fork('confirmation')),
  };
}
