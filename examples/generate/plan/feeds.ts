import type { Random } from '../random.ts';
import { type AssignmentRow, planRows } from './assignmentRows.ts';
import { loaderTemplates, productFeedTemplates } from './templates.ts';
import type { SellerPlan, Wanted } from './world.ts';

export interface FeedPlan {
  readonly seller: SellerPlan;
  readonly rows: readonly AssignmentRow[];
}

/** The Inventory Loader file of the seller with the large catalogue. */
export function planLoader(sellers: readonly SellerPlan[], wanted: Wanted, random: Random): FeedPlan {
  const seller = sellers.find(({ role }) => role === 'loader')!;
  const weights = {
    move: 720,
    former_name: 30,
    same_template: 80,
    no_template: 40,
    move_to_template_without_ge: 50,
    delete_offer: 10,
    delete_product: 4,
    repeated: 22,
    repeated_then_unknown: 1,
    repeated_then_empty: 3,
    repeated_then_deleted: 2,
    template_unknown: 4,
    template_near: 6,
    'sku.unknown': 8,
    sku_too_long: 2,
    sku_empty: 1,
    operation_unknown: 2,
    surplus_cell: 1,
  };
  const rows = planRows({ seller, rows: wanted.rows, weights, ...loaderTemplates }, random);
  return { seller, rows };
}

/** Messages of the XML product feed: a twentieth of the rows, 540 at least. */
const messageCount = (rows: number): number => Math.max(540, Math.ceil((rows / 20) * 0.9));

export function planProductFeed(sellers: readonly SellerPlan[], wanted: Wanted, random: Random): FeedPlan {
  const seller = sellers.find(({ role }) => role === 'product_feed')!;
  const weights = {
    move: 700,
    former_name: 30,
    same_template: 60,
    no_template: 60,
    move_to_template_without_ge: 50,
    delete_offer: 20,
    repeated: 20,
    repeated_then_deleted: 4,
    template_unknown: 8,
    template_near: 8,
    'sku.unknown': 12,
    sku_too_long: 4,
    sku_empty: 4,
    operation_unknown: 4,
    template_twice: 4,
    no_product: 3,
    message_id_bad: 3,
  };
  const rows = planRows({ seller, rows: messageCount(wanted.rows), weights, ...productFeedTemplates }, random);
  return { seller, rows };
}
