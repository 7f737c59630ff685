import type { Command } from 'commander';
import { simulatorExitCodes, whichSimulator } from '../carrier/simulator.ts';
import { commandGroup } from '../command-group.ts';
import { teach } from '../teach.ts';
import { registerCarrierAbilities } from './carrier-abilities.ts';
import { registerCarrierFaults } from './carrier-faults.ts';
import { registerCarrierLedger } from './carrier-ledger.ts';
import { registerCarrierAdjust, registerCarrierDeliver } from './carrier-parcels.ts';
import { registerCarrierStatus } from './carrier-status.ts';

export function registerCarrier(program: Command): void {
  const carrier = commandGroup(program, 'carrier', 'Say what to do with the carriers')
    .summary('the simulated carriers: have them fail, look into their book, move parcels')
    .description(
      'Scripts the carrier simulator: what goes wrong, what the carriers offer, where parcels are; and looks into the book of ' +
        `charges they keep for themselves. Each of its commands explains itself with --help.\n\n${whichSimulator}`,
    );
  for (const register of [
    registerCarrierStatus,
    registerCarrierFaults,
    registerCarrierAbilities,
    registerCarrierLedger,
    registerCarrierDeliver,
    registerCarrierAdjust,
  ])
    register(carrier);
  teach(carrier, {
    examples: [
      'ge carrier status',
      ['ge carrier faults add lost-answers --seed monday', 'then buy labels, and see what becomes of them'],
      ['ge carrier ledger --reference lbl_06b1…', ''],
      ['ge carrier deliver --all', ''],
      ['ge carrier faults clear', ''],
    ],
    exitCodes: simulatorExitCodes,
  });
}
