import { baseConfig, runService } from '@ge/runtime';
import { showStatements } from './showStatements.ts';
import { showThrough } from './showThrough.ts';
import { touchTemplateHandler } from './touchTemplate.ts';

await runService({
  name: 'bench-worker',
  config: baseConfig,
  setUp: async (context) => {
    await showStatements(context);
    showThrough(context);
    return [touchTemplateHandler];
  },
});
