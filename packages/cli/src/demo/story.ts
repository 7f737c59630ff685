import type { DemoStep } from './step.ts';
import { campaign } from './steps/campaign.ts';
import { deactivation } from './steps/deactivation.ts';
import { enroll } from './steps/enroll.ts';
import { confirmations, feeds } from './steps/feeds.ts';
import { importMarketplace } from './steps/importMarketplace.ts';
import { labels } from './steps/labels.ts';
import { lateTemplates } from './steps/lateTemplates.ts';
import { orders } from './steps/orders.ts';
import { pageAssignment } from './steps/pageAssignment.ts';
import { propagation } from './steps/propagation.ts';
import { regions } from './steps/regions.ts';
import { suspension } from './steps/suspension.ts';

/** The whole programme, in the order in which a marketplace lives through it. */
export const story: readonly DemoStep[] = [
  importMarketplace,
  campaign,
  enroll,
  propagation,
  regions,
  lateTemplates,
  pageAssignment,
  feeds,
  orders,
  labels,
  confirmations,
  suspension,
  deactivation,
];
