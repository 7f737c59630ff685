import type { Command } from 'commander';
import { commandGroup } from '../command-group.ts';
import { whichFleet } from '../fleet-client.ts';
import { teach } from '../teach.ts';
import { registerLabelBatchList } from './label-batch-list.ts';
import { registerLabelBatchPrint } from './label-batch-print.ts';
import { registerLabelBatchStatus } from './label-batch-status.ts';
import { registerLabelBatchSteering } from './label-batch-steer.ts';
import { batchExitCodes, registerLabelBatchSubmit } from './label-batch-submit.ts';

export function registerLabelBatch(label: Command): void {
  const batch = commandGroup(label, 'batch', 'Say what to do with a label batch')
    .summary('labels for up to 10,000 parcels at once: send, follow, pause, cancel, print')
    .description(
      'Asks for labels of many parcels at once, follows them, and prints them as one document. Each of its commands explains ' +
        `itself with --help.\n\n${whichFleet}`,
    );
  for (const register of [
    registerLabelBatchSubmit,
    registerLabelBatchStatus,
    registerLabelBatchList,
    registerLabelBatchSteering,
    registerLabelBatchPrint,
  ])
    register(batch);
  teach(batch, {
    examples: [
      ['ge label batch submit parcels.csv --seller S-1042', 'send it and wait'],
      'ge label batch status lbb_06b1… --follow',
      ['ge label batch pause lbb_06b1…', 'hold back what was not sent to a carrier; resume goes on'],
      ['ge label batch print lbb_06b1… -o labels.pdf', 'what is bought so far'],
      'ge label batch list --seller S-1042',
    ],
    exitCodes: batchExitCodes,
  });
}
