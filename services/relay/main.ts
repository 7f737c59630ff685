import { runService } from '@ge/runtime';
import { config } from './config.ts';
import { Relay } from './relay.ts';

await runService({
  name: 'relay',
  config,
  setUp: (context) => {
    new Relay(context).start();
    return [];
  },
});
