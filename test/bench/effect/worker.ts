import { baseConfig, runService } from '@ge/runtime';
import { showStatements } from './showStatements.ts';
import { touchTemplateHandler } from './touchTemplate.ts';

await runService({
  name: 'bench-worker',
  config: baseConfig,
  setUp: async (context) => {
    await showStatements(context);
    return [touchTemplateHandler];
  },
});
