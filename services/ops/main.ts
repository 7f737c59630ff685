import { runService } from '@ge/runtime';
import { config } from './config.ts';
import { openOps } from './http/openOps.ts';

await runService({
  name: 'ops',
  config,
  setUp: async (context) => {
    const ops = await openOps(context);
    context.resources.add('http', () => ops.close());
    context.logger.info({ port: ops.port }, 'listening');
    return [];
  },
});
