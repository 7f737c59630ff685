import { runService } from '@ge/runtime';
import { buyLabel } from './buyLabel.ts';
import { openCarrierDesk } from './carrierDesk.ts';
import { config } from './config.ts';
import { decidePayout } from './decidePayout.ts';
import { reconcileCarrier } from './reconcileCarrier.ts';
import { resolveLabel } from './resolveLabel.ts';
import { takeInConfirmations } from './takeInConfirmations.ts';
import { voidLabel } from './voidLabel.ts';

await runService({
  name: 'label-purchase',
  config,
  setUp: (context) => {
    const desk = openCarrierDesk(context.config, context.logger);
    context.resources.add('carriers', () => desk.carriers.close());
    return [
      buyLabel(desk),
      resolveLabel(desk),
      voidLabel(desk),
      takeInConfirmations(context.config.SLICE_ROWS),
      decidePayout,
      reconcileCarrier(desk, context.config.STATEMENT_GRACE_MS),
    ];
  },
});
