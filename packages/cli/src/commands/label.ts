import type { Command } from 'commander';
import { commandGroup } from '../command-group.ts';
import { whichFleet } from '../fleet-client.ts';
import { teach } from '../teach.ts';
import { registerLabelBatch } from './label-batch.ts';
import { registerLabelParked, registerLabelResolve } from './label-parked.ts';
import { registerLabelPrint } from './label-print.ts';
import { registerLabelReclaim, registerLabelReclaims } from './label-reclaims.ts';
import { registerLabelList, registerLabelShow } from './label-show.ts';
import { registerLabelVoid } from './label-void.ts';

export function registerLabel(program: Command): void {
  const label = commandGroup(program, 'label', 'Say what to do with labels')
    .summary('labels: buy them in batches, print, void, and resolve those that are parked')
    .description(
      'Buys labels for many parcels at once and prints them together; shows, prints and takes back single labels; lists those ' +
        `that wait for a person, and ends them; has what was charged beside labels asked back once more. Each of its commands explains itself with --help.\n\n${whichFleet}`,
    );
  for (const register of [
    registerLabelBatch,
    registerLabelList,
    registerLabelShow,
    registerLabelPrint,
    registerLabelVoid,
    registerLabelParked,
    registerLabelResolve,
    registerLabelReclaims,
    registerLabelReclaim,
  ])
    register(label);
  teach(label, {
    examples: [
      ['ge label batch submit parcels.csv --seller S-1042', 'buy labels for a table of parcels, and wait'],
      ['ge label batch print lbb_06b1… -o labels.pdf', 'all of them in one document'],
      'ge label show lbl_06b1…',
      ['ge label void lbl_06b1…', 'take one back'],
      ['ge label parked', 'those that wait for a person'],
    ],
    exitCodes: {
      0: 'done, and nothing was refused',
      1: 'something was refused or waits for a person, the fleet refused, or does not answer',
    },
  });
}
