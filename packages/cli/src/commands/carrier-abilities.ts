import type { Abilities } from '@ge/carrier-simulator';
import type { Command } from 'commander';
import { answer } from '../answer.ts';
import { simulatorExitCodes, simulatorOf, simulatorOptions, type Which, whichSimulator } from '../carrier/simulator.ts';
import { UserMistake } from '../mistake.ts';
import { table } from '../table.ts';
import { teach } from '../teach.ts';

interface Given extends Which {
  readonly express?: string;
  readonly parcel?: string;
}

type ByCarrier = Readonly<Record<'express' | 'parcel', Abilities>>;

const words = ['keys', 'look-up'];

export function registerCarrierAbilities(carrier: Command): void {
  const means = 'keys, look-up, both with a comma, or none';
  const command = simulatorOptions(carrier.command('abilities'))
    .summary('what a carrier offers for lost answers')
    .description(
      'Shows or changes what each carrier offers where an answer was lost: keys (a repeat under its key is the first purchase) ' +
        'and look-up (it says what was bought under a reference). A carrier that is not named keeps what it has. The fleet has its ' +
        `own idea of it in CARRIERS.\n\n${whichSimulator}`,
    )
    .option('--express <abilities>', means)
    .option('--parcel <abilities>', means)
    .action(abilities);
  teach(command, {
    examples: [
      ['ge carrier abilities', 'shows them'],
      ['ge carrier abilities --express keys,look-up', ''],
      ['ge carrier abilities --parcel none', 'lost answers have to be found out by people'],
    ],
    exitCodes: simulatorExitCodes,
  });
}

async function abilities(given: Given): Promise<void> {
  const wanted = { express: read('--express', given.express), parcel: read('--parcel', given.parcel) };
  const ask = simulatorOf(given);
  const had = await ask<ByCarrier>('GET', '/abilities');
  const now = { express: wanted.express ?? had.express, parcel: wanted.parcel ?? had.parcel };
  if (wanted.express || wanted.parcel) await ask('PUT', '/abilities', now);
  if (given.json) return answer(now);
  const yes = (has: boolean) => (has ? 'yes' : 'no');
  const rows = Object.entries(now).map(([name, { idempotencyKeys, lookUp }]) => [
    name,
    yes(idempotencyKeys),
    yes(lookUp),
  ]);
  console.log(table(['carrier', 'keys', 'look-up'], rows));
}

function read(option: string, text: string | undefined): Abilities | undefined {
  if (text === undefined) return undefined;
  const named = text === 'none' ? [] : text.split(',').map((word) => word.trim());
  const odd = named.find((word) => !words.includes(word));
  if (odd !== undefined)
    throw new UserMistake(`${option} takes keys, look-up, both with a comma, or none; not ${odd}.`);
  return { idempotencyKeys: named.includes('keys'), lookUp: named.includes('look-up') };
}
