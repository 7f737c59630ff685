import { runService } from '@ge/runtime';
import { config } from './config.ts';
import { fanOutRegionSetting } from './fanOutRegionSetting.ts';
import { fanOutSuspensions } from './fanOutSuspensions.ts';
import { holdOrders } from './holdOrders.ts';
import { shortSlice } from './slice.ts';

await runService({
  name: 'region-fanout',
  config,
  setUp: ({ config: { PAGE_SIZE } }) => [
    fanOutRegionSetting(PAGE_SIZE),
    fanOutSuspensions(PAGE_SIZE),
    holdOrders(shortSlice(PAGE_SIZE)),
  ],
});
