import { baseConfig, runService } from '@ge/runtime';
import { countStatements } from './countStatements.ts';
import { touchTemplateHandler } from './touchTemplate.ts';

await runService({
  name: 'bench-worker',
  config: baseConfig,
  setUp: async (context) => {
    await countStatements(context);
    return [touchTemplateHandler];
  },
});
