import { runService } from '@ge/runtime';
import { applyFeed } from './applyFeed.ts';
import { assignSkus } from './assignSkus.ts';
import { config } from './config.ts';
import { revertFeed } from './revertFeed.ts';
import { takeInFeed } from './takeInFeed.ts';
import { writeFeedReport } from './writeFeedReport.ts';

await runService({
  name: 'sku-assignment',
  config,
  setUp: ({ config: { SLICE_ROWS } }) => [
    assignSkus,
    takeInFeed(SLICE_ROWS),
    applyFeed(SLICE_ROWS),
    revertFeed(SLICE_ROWS),
    writeFeedReport,
  ],
});
