import { randomInt } from 'node:crypto';
import type { LabelsRehearsed, RehearsalOptions, RestoreRehearsed } from '@ge/rehearse';
import type { Command } from 'commander';
import { answer } from '../answer.ts';
import { bar } from '../bar.ts';
import { UserMistake } from '../mistake.ts';
import { progressLine } from '../progress-line.ts';
import { rehearsedText } from '../rehearsed-text.ts';
import { listenForStop } from '../stop-signal.ts';
import { teach } from '../teach.ts';

interface Asked {
  readonly orders: string;
  readonly faults?: string;
  readonly kill?: boolean;
  readonly through?: string;
  readonly carriers?: string;
  readonly json?: boolean;
}

const mostOrders = 1_000_000;

export function registerRehearse(program: Command): void {
  const rehearse = program
    .command('rehearse')
    .argument('[command]')
    .usage('<command> [options]')
    .summary('prove, under faults, what the programme promises')
    .description('Plays a part of the programme under faults and proves afterwards what was promised.')
    .action((name?: string) => {
      const said = name === undefined ? 'Say what to rehearse' : `There is no command rehearse ${name}`;
      throw new UserMistake(`${said}: ${rehearse.commands.map((one) => one.name()).join(', ')} (ge rehearse --help).`);
    });
  const labels = rehearse
    .command('labels')
    .summary('labels at carriers that fail, by a fleet that is killed')
    .description(
      'Buys a label for each of many orders through relay and workers, processes of their own, at three simulated carriers ' +
        'that follow a seeded script of faults: answers lost before and after the charge, charges that land late, answers ' +
        'without a label, damaged documents, rate limits. Half of the labels are asked for one by one, half with batches of ' +
        'which some are paused and resumed and some cancelled in the middle. One label in eight is voided, a part of them ' +
        'after the first scan, and every other of these is replaced. With --kill the processes, Redis and PostgreSQL are ' +
        'killed, stopped past their leases and restarted meanwhile.\n\n' +
        'express takes idempotency keys and look-ups; what parcel takes is drawn by the seed: look-ups alone, keys alone, or ' +
        'neither; easypost sells a shipment once and takes no keys.\n\n' +
        'Afterwards parcels travel, the statements of those that give one are read, and everything is compared with the ' +
        'carriers’ own book: one charge for each label bought, none lost, none open, each void given back and booked once or ' +
        'refused with its reason, one active label for an order, every item of a batch in one state and nothing sent after ' +
        'its cancellation, whatever waits for a person with its reason, every order’s entries settled to nothing, every ' +
        'payout with its label. An import fee deposit stays where it is as long as easypost carries the parcel: it bills no duty.',
    )
    .option('--orders <n>', 'how many orders, a label each', '500')
    .option('--faults <seed>', 'the same seed plays the same faults; drawn unless told')
    .option('--kill', 'kill, stop and restart processes and servers meanwhile')
    .option('--through <way>', 'orders, batches or both: how labels are asked for', 'both')
    .option(
      '--carriers <names>',
      'some of express, parcel and easypost, separated by commas',
      'express,parcel,easypost',
    )
    .option('--json', 'print what was found as one JSON object')
    .action(rehearseLabels);
  registerRestore(rehearse);
  teach(rehearse, {
    examples: ['ge rehearse labels --orders 10000 --faults 7 --kill', 'ge rehearse restore'],
    exitCodes: { 0: 'nothing was violated', 1: 'something was, or the rehearsal could not go on' },
  });
  teach(labels, {
    examples: [
      ['ge rehearse labels', '500 orders, a fresh seed'],
      ['ge rehearse labels --orders 10000 --faults 7 --kill', ''],
      ['ge rehearse labels --through batches --carriers easypost', ''],
      ["ge rehearse labels --kill --json | jq '.ok'", ''],
    ],
    exitCodes: { 0: 'nothing was violated', 1: 'something was, or the rehearsal could not go on' },
  });
}

function registerRestore(rehearse: Command): void {
  const restore = rehearse
    .command('restore')
    .summary('a backup that is older than purchases')
    .description(
      'Asks for a label for each of many orders, makes a backup, buys most of them at carriers that fail, and loses the ' +
        'database. On the backup, where none was bought, purchases are paused, the carriers’ statements are read, and only ' +
        'then does it go on. Nothing that was charged before may be sent to its carrier again; then all is audited as by ' +
        'ge rehearse labels.',
    )
    .option('--orders <n>', 'how many orders, a label each', '500')
    .option('--faults <seed>', 'the same seed plays the same faults; drawn unless told')
    .option('--json', 'print what was found as one JSON object')
    .action(rehearseRestore);
  teach(restore, {
    examples: ['ge rehearse restore', 'ge rehearse restore --orders 2000 --faults 3'],
    exitCodes: { 0: 'nothing was violated', 1: 'something was, or the rehearsal could not go on' },
  });
}

async function rehearseRestore(asked: Asked): Promise<void> {
  const { rehearseRestore: rehearse } = await import('@ge/rehearse');
  await rehearsed(asked, rehearse);
}

async function rehearseLabels(asked: Asked): Promise<void> {
  const { carrierNames, rehearseLabels: rehearse, ways } = await import('@ge/rehearse');
  const [through] = someOf('--through', asked.through ?? 'both', ways, 1);
  const carriers = someOf('--carriers', asked.carriers ?? carrierNames.join(), carrierNames, carrierNames.length);
  const kill = asked.kill ?? false;
  await rehearsed(asked, (options) => rehearse({ ...options, kill, carriers, through: through! }));
}

/** Words out of those that are known, at least one and each once. */
function someOf<T extends string>(option: string, text: string, known: readonly T[], most: number): readonly T[] {
  const words = text.split(',').map((word) => word.trim());
  const found = known.filter((word) => words.includes(word));
  if (found.length === words.length && found.length <= most) return found;
  const wanted = most === 1 ? 'one of' : 'some of';
  throw new UserMistake(`${option} takes ${wanted} ${known.join(', ')}, not ${text || 'nothing'}.`);
}

async function rehearsed(
  asked: Asked,
  rehearse: (options: Omit<RehearsalOptions, 'kill'>) => Promise<LabelsRehearsed | RestoreRehearsed>,
): Promise<void> {
  const orders = whole('--orders', asked.orders, 1, mostOrders);
  const seed = asked.faults === undefined ? randomInt(1, 1_000_000) : whole('--faults', asked.faults, 0, 2 ** 31 - 1);
  const json = asked.json ?? false;
  listenForStop(json);
  const progress = progressLine(process.stderr);
  progress.tell(`seed ${seed}`);
  const found = await rehearse({
    ...{ orders, seed },
    tell: progress.tell,
    onProgress: (bought, open) => progress.now(`${bar(bought / orders, 30)} ${bought} bought, ${open} open`),
  }).finally(progress.end);
  if (json) answer(found);
  else console.log(rehearsedText(found));
  if (!found.ok) process.exitCode = 1;
}

function whole(option: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < least || value > most)
    throw new UserMistake(`${option} takes a whole number from ${least} to ${most}, not ${text}.`);
  return value;
}
