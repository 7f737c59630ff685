import { runService } from '@ge/runtime';
import { config } from './config.ts';
import { Relay } from './relay.ts';

await runService({
  name: 'relay',
  config,
  // Its looks are prepared, and a backlog grows faster than PostgreSQL counts it.
  database: { byIndexAlone: true },
  setUp: (context) => {
    new Relay(context).start();
    return [];
  },
});
