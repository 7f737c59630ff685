import { runService } from '@ge/runtime';
import { activateTemplate } from './activateTemplate.ts';
import { config } from './config.ts';
import { deactivateTemplate } from './deactivateTemplate.ts';
import { propagateDeactivation } from './propagateDeactivation.ts';
import { propagateEnrollment } from './propagateEnrollment.ts';

await runService({
  name: 'template-propagation',
  config,
  setUp: ({ config: { TEMPLATES_PER_SLICE } }) => [
    propagateEnrollment(TEMPLATES_PER_SLICE),
    propagateDeactivation(TEMPLATES_PER_SLICE),
    activateTemplate,
    deactivateTemplate,
  ],
});
