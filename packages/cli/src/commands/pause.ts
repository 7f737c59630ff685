import { routes } from '@ge/api';
import type { Command } from 'commander';
import { askFleet, whichFleet } from '../fleet-client.ts';
import { UserMistake } from '../mistake.ts';
import { ago, ahead } from '../moments.ts';
import { table } from '../table.ts';
import { teach } from '../teach.ts';

interface Options {
  readonly queue?: string;
  readonly seller?: string;
  readonly carrier?: string;
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
    .option('--carrier <id>', `${verb} this carrier: whether it is asked for quotes and labels are bought there`)
    .option('--json', 'print what the API answers as one object');

export function registerPause(program: Command): void {
  const pause = options(
    program
      .command('pause')
      .summary('hold a queue, a seller or a carrier back, or show what is')
      .description(
        `Holds a queue, a seller, or a seller in one queue back, until \`ge resume\`; without options, shows what is held back, ` +
          `and which carriers want to be left alone. ` +
          `It takes effect with the next look of the relay and survives a lost Redis. What workers hold already is finished. ` +
          `At a carrier that is held back nothing is bought; look-ups and voids go on.\n\n${whichFleet}`,
      ),
    'hold back',
  )
    .option('--reason <text>', 'why; kept for good and shown to whoever asks, so nothing personal')
    .action((given: Options) =>
      given.queue || given.seller || given.carrier || given.reason ? set(given) : list(given),
    );
  teach(pause, {
    examples: [
      ['ge pause', 'what is held back'],
      'ge pause --queue label-purchase --reason "carrier under repair"',
      'ge pause --seller S-1042 --reason "under review"',
      'ge pause --carrier simulator-express --reason "wrong prices"',
    ],
    exitCodes: { 0: 'done', 1: 'the fleet refused, or does not answer' },
  });

  const resume = options(
    program
      .command('resume')
      .summary('let a queue, a seller or a carrier go on')
      .description(
        `Lifts a pause that \`ge pause\` shows, named by the same options as when it was set. A carrier is called as ever from ` +
          `then on, even one that was taken to be down or asked for a pause itself.\n\n${whichFleet}`,
      ),
    'let go',
  ).action(lift);
  teach(resume, {
    examples: [
      'ge resume --queue label-purchase',
      'ge resume --seller S-1042',
      'ge resume --carrier simulator-express',
    ],
    exitCodes: { 0: 'done', 1: 'nothing of the kind was paused, the fleet refused, or does not answer' },
  });
}

async function list({ json }: Options): Promise<void> {
  const { page, carriers } = await askFleet(async (client) => ({
    page: await client.call(routes.pauses.listPauses, { query: { limit: 200 } }),
    carriers: (await client.call(routes.carriers.listCarriers)).items,
  }));
  const stopped = carriers.flatMap(({ carrierId, stopped }) => (stopped ? [{ carrierId, ...stopped }] : []));
  const asked = carriers.flatMap(({ carrierId, noQuotesBefore, noPurchasesBefore }) =>
    noQuotesBefore || noPurchasesBefore ? [{ carrierId, noQuotesBefore, noPurchasesBefore }] : [],
  );
  if (json) return console.log(JSON.stringify({ ...page, carriers: stopped, asked }));
  if (page.items.length + stopped.length + asked.length === 0) return console.log('Nothing is held back.');
  const rows = page.items.map(({ queue, sellerId, reason, createdAt }) => [
    queue === '*' ? 'all' : queue,
    sellerId === '*' ? 'all' : sellerId,
    ago(createdAt),
    reason,
  ]);
  if (rows.length > 0) console.log(table(['queue', 'seller', 'since', 'reason'], rows));
  if (page.nextCursor) console.log('There are more.');
  const carrierRows = stopped.map(({ carrierId, at, reason }) => [carrierId, ago(at), reason]);
  if (carrierRows.length > 0) console.log(table(['carrier', 'since', 'reason'], carrierRows));
  const askedRows = asked.flatMap(({ carrierId, noQuotesBefore, noPurchasesBefore }) => [
    ...(noQuotesBefore ? [[carrierId, 'quotes', ahead(noQuotesBefore)]] : []),
    ...(noPurchasesBefore ? [[carrierId, 'purchases', ahead(noPurchasesBefore)]] : []),
  ]);
  if (askedRows.length > 0) console.log(table(['carrier', 'asked for no', 'again'], askedRows));
}

async function set(given: Options): Promise<void> {
  const { reason, json } = given;
  if (isNothingNamed(given)) throw new UserMistake('Name what to hold back: --queue, --seller, or both; or --carrier.');
  if (!reason) throw new UserMistake('Say why with --reason: whoever wonders is told.');
  if (given.carrier) return setBreaker(given.carrier, { state: 'open', reason }, given, 'Held back');
  const body = { ...targetOf(given), reason };
  const pause = await askFleet((client) => client.call(routes.pauses.setPause, { body }));
  if (json) console.log(JSON.stringify(pause));
  else console.log(`Held back: ${named(pause)}.`);
}

async function lift(given: Options): Promise<void> {
  if (isNothingNamed(given))
    throw new UserMistake('Name what to let go: --queue, --seller, or both; or --carrier (ge pause shows).');
  if (given.carrier) return setBreaker(given.carrier, { state: 'closed' }, given, 'Goes on');
  const params = targetOf(given);
  const lifted = await askFleet((client) => client.call(routes.pauses.liftPause, { params }), {
    notFound: `Nothing of the kind is paused: ${named(params)}. \`ge pause\` shows what is.`,
  });
  if (given.json) console.log(JSON.stringify(lifted));
  else console.log(`Goes on: ${named(lifted)}.`);
}

type Breaker = { readonly state: 'open'; readonly reason: string } | { readonly state: 'closed' };

async function setBreaker(carrierId: string, body: Breaker, { json }: Options, said: string): Promise<void> {
  const breaker = await askFleet((client) => client.call(routes.carriers.setBreaker, { params: { carrierId }, body }), {
    notFound: `The fleet buys from no carrier ${carrierId}.`,
  });
  if (json) console.log(JSON.stringify(breaker));
  else console.log(`${said}: carrier ${carrierId}.`);
}

function isNothingNamed({ queue, seller, carrier }: Options): boolean {
  if (carrier && (queue || seller))
    throw new UserMistake('A carrier is held back as a whole: --carrier stands alone, without --queue and --seller.');
  return !queue && !seller && !carrier;
}
