import { routes } from '@ge/api';
import type { Command } from 'commander';
import { askFleet, whichFleet } from '../fleet-client.ts';
import { UserMistake } from '../mistake.ts';
import { ago } from '../moments.ts';
import { table } from '../table.ts';
import { teach } from '../teach.ts';

interface Options {
  readonly queue?: string;
  readonly seller?: string;
  readonly reason?: string;
  readonly json?: boolean;
}

const targetOf = ({ queue, seller }: Options) => ({
  queue: queue === undefined || queue === 'all' ? '*' : queue,
  sellerId: seller ?? '*',
});

const named = ({ queue, sellerId }: { readonly queue: string; readonly sellerId: string }): string => {
  if (sellerId === '*') return queue === '*' ? 'every queue' : `queue ${queue}`;
  return queue === '*' ? `seller ${sellerId}` : `seller ${sellerId} in ${queue}`;
};

const options = (command: Command, verb: string): Command =>
  command
    .option('--queue <queue>', `${verb} this queue; "all" is every queue`)
    .option('--seller <id>', `${verb} this seller, in every queue or in that of --queue`)
    .option('--json', 'print what the API answers as one object');

export function registerPause(program: Command): void {
  const pause = options(
    program
      .command('pause')
      .summary('hold a queue or a seller back, or show what is')
      .description(
        `Holds a queue, a seller, or a seller in one queue back, until \`ge resume\`; without options, shows what is held back. ` +
          `It takes effect with the next look of the relay and survives a lost Redis. What workers hold already is finished.\n\n${whichFleet}`,
      ),
    'hold back',
  )
    .option('--reason <text>', 'why; kept for good and shown to whoever asks, so nothing personal')
    .action((given: Options) => (given.queue || given.seller || given.reason ? set(given) : list(given)));
  teach(pause, {
    examples: [
      ['ge pause', 'what is held back'],
      'ge pause --queue label-purchase --reason "carrier under repair"',
      'ge pause --seller S-1042 --reason "under review"',
    ],
    exitCodes: { 0: 'done', 1: 'the fleet refused, or does not answer' },
  });

  const resume = options(
    program
      .command('resume')
      .summary('let a queue or a seller go on')
      .description(
        `Lifts a pause that \`ge pause\` shows, named by the same options as when it was set.\n\n${whichFleet}`,
      ),
    'let go',
  ).action(lift);
  teach(resume, {
    examples: ['ge resume --queue label-purchase', 'ge resume --seller S-1042'],
    exitCodes: { 0: 'done', 1: 'nothing of the kind was paused, the fleet refused, or does not answer' },
  });
}

async function list({ json }: Options): Promise<void> {
  const page = await askFleet((client) => client.call(routes.pauses.listPauses, { query: { limit: 200 } }));
  if (json) return console.log(JSON.stringify(page));
  if (page.items.length === 0) return console.log('Nothing is held back.');
  const rows = page.items.map(({ queue, sellerId, reason, createdAt }) => [
    queue === '*' ? 'all' : queue,
    sellerId === '*' ? 'all' : sellerId,
    ago(createdAt),
    reason,
  ]);
  console.log(table(['queue', 'seller', 'since', 'reason'], rows));
  if (page.nextCursor) console.log('There are more.');
}

async function set(given: Options): Promise<void> {
  const { reason, json } = given;
  if (!given.queue && !given.seller) throw new UserMistake('Name what to hold back: --queue, --seller, or both.');
  if (!reason) throw new UserMistake('Say why with --reason: whoever wonders is told.');
  const body = { ...targetOf(given), reason };
  const pause = await askFleet((client) => client.call(routes.pauses.setPause, { body }));
  if (json) console.log(JSON.stringify(pause));
  else console.log(`Held back: ${named(pause)}.`);
}

async function lift(given: Options): Promise<void> {
  if (!given.queue && !given.seller)
    throw new UserMistake('Name what to let go: --queue, --seller, or both (ge pause shows).');
  const params = targetOf(given);
  const lifted = await askFleet((client) => client.call(routes.pauses.liftPause, { params }), {
    notFound: `Nothing of the kind is paused: ${named(params)}. \`ge pause\` shows what is.`,
  });
  if (given.json) console.log(JSON.stringify(lifted));
  else console.log(`Goes on: ${named(lifted)}.`);
}
