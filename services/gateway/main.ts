import { runService } from '@ge/runtime';
import { config } from './config.ts';
import { openGateway } from './http/openGateway.ts';

await runService({
  name: 'gateway',
  config,
  setUp: async (context) => {
    const gateway = await openGateway(context);
    context.resources.add('http', () => gateway.close());
    context.logger.info({ port: gateway.port }, 'listening');
    return [];
  },
});
