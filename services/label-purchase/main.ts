import { SharedGate } from '@ge/carrier-gate';
import { runService } from '@ge/runtime';
import { orderBatchLabels } from './batch/orderBatchLabels.ts';
import { buyLabel } from './buyLabel.ts';
import { openCarrierDesk } from './carrierDesk.ts';
import { config } from './config.ts';
import { decidePayout } from './decidePayout.ts';
import { quoteLabelAgain } from './quoteLabelAgain.ts';
import { reclaimCharge } from './reclaimCharge.ts';
import { reconcileCarrier } from './reconcileCarrier.ts';
import { resolveLabel } from './resolveLabel.ts';
import { keepStatementsRead } from './statement/dailyReadings.ts';
import { takeInConfirmations } from './takeInConfirmations.ts';
import { voidLabel } from './voidLabel.ts';

await runService({
  name: 'label-purchase',
  config,
  setUp: async (context) => {
    const gate = await SharedGate.open({ ...context, timeoutMs: context.config.CARRIER_TIMEOUT_MS });
    context.resources.add('gate', () => gate.close());
    const desk = openCarrierDesk(context.config, context.logger, gate);
    context.resources.add('carriers', () => desk.carriers.close());
    const statements = desk.carriers.carriers.flatMap(({ profile }) => (profile.givesStatement ? profile.id : []));
    keepStatementsRead(context, statements, context.config.RECONCILE_HOUR);
    const { SLICE_ROWS, BATCH_SLICE_ITEMS: sliceItems, BATCH_ITEMS_AHEAD: itemsAhead } = context.config;
    const pace = { sliceItems, itemsAhead, offersAwaitedMs: context.config.BATCH_OFFERS_AWAITED_MS };
    return [
      orderBatchLabels(desk, pace),
      buyLabel(desk),
      quoteLabelAgain(desk),
      resolveLabel(desk),
      voidLabel(desk),
      takeInConfirmations(SLICE_ROWS),
      decidePayout,
      reconcileCarrier(desk, context.config.STATEMENT_GRACE_MS, context.config.RECLAIM_CHARGES),
      reclaimCharge(desk),
    ];
  },
});
