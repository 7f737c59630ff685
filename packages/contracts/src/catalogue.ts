import type { JobContract } from './jobContract.ts';
import { activateTemplate } from './jobs/activateTemplate.ts';
import { applyFeed } from './jobs/applyFeed.ts';
import { assignSkus } from './jobs/assignSkus.ts';
import { buyLabel } from './jobs/buyLabel.ts';
import { deactivateTemplate } from './jobs/deactivateTemplate.ts';
import { decidePayout } from './jobs/decidePayout.ts';
import { expireInvitation } from './jobs/expireInvitation.ts';
import { fanOutRegionSetting } from './jobs/fanOutRegionSetting.ts';
import { fanOutSuspensions } from './jobs/fanOutSuspensions.ts';
import { holdOrders } from './jobs/holdOrders.ts';
import { orderBatchLabels } from './jobs/orderBatchLabels.ts';
import { propagateDeactivation } from './jobs/propagateDeactivation.ts';
import { propagateEnrollment } from './jobs/propagateEnrollment.ts';
import { quoteLabelAgain } from './jobs/quoteLabelAgain.ts';
import { reclaimCharge } from './jobs/reclaimCharge.ts';
import { reconcileCarrier } from './jobs/reconcileCarrier.ts';
import { remindInvitation } from './jobs/remindInvitation.ts';
import { resolveLabel } from './jobs/resolveLabel.ts';
import { revertFeed } from './jobs/revertFeed.ts';
import { runCampaign } from './jobs/runCampaign.ts';
import { sendMail } from './jobs/sendMail.ts';
import { takeInConfirmations } from './jobs/takeInConfirmations.ts';
import { takeInFeed } from './jobs/takeInFeed.ts';
import { voidLabel } from './jobs/voidLabel.ts';
import { writeFeedReport } from './jobs/writeFeedReport.ts';

/** Every job of the fleet. Queues, windows, board, metrics and checks are derived from this list. */
export const catalogue: readonly JobContract[] = [
  runCampaign,
  sendMail,
  remindInvitation,
  expireInvitation,
  propagateEnrollment,
  propagateDeactivation,
  activateTemplate,
  deactivateTemplate,
  fanOutRegionSetting,
  fanOutSuspensions,
  holdOrders,
  assignSkus,
  takeInFeed,
  applyFeed,
  revertFeed,
  writeFeedReport,
  orderBatchLabels,
  buyLabel,
  quoteLabelAgain,
  resolveLabel,
  voidLabel,
  takeInConfirmations,
  decidePayout,
  reconcileCarrier,
  reclaimCharge,
];

/** The queues of the fleet, in the order of the catalogue. */
export const queueNames: readonly string[] = [...new Set(catalogue.map((contract) => contract.queue))];

export const contractByName: ReadonlyMap<string, JobContract> = new Map(
  catalogue.map((contract) => [contract.name, contract]),
);
