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
  readonly later?: boolean;
  readonly cancel?: boolean;
  readonly reason?: string;
  readonly yes?: boolean;
  readonly json?: boolean;
}

export function registerBacklog(program: Command): void {
  const command = program
    .command('backlog')
    .summary('who is owed work, by queue and seller; cancel it')
    .description(
      'Shows who is owed work, by queue and seller: what is to be run now, what is for later, how old the oldest is.\n\n' +
        'With --cancel the backlog of one seller is ended instead of run: workers free what it was about (a feed ends with ' +
        'its open rows not attempted, a label that was never sent is refused). What was sent to a carrier, what is running, ' +
        'and jobs that are always carried out go on, and the answer says so. It says what would be, and does it with --yes.\n\n' +
        whichFleet,
    )
    .option('--queue <queue>', 'of this queue only')
    .option('--seller <id>', 'of this seller only')
    .option('--later', 'also those who are owed only what is for later')
    .option('--cancel', 'end the backlog of --seller instead of running it')
    .option('--reason <text>', 'why it is cancelled; kept for good, so nothing personal')
    .option('--yes', 'do it, instead of saying what would be')
    .option('--json', 'print what the API answers as one object')
    .action((given: Options) => (given.cancel ? cancel(given) : list(given)));
  teach(command, {
    examples: [
      'ge backlog',
      'ge backlog --seller S-1042 --later',
      ['ge backlog --seller S-1042 --cancel', 'what that would do'],
      'ge backlog --seller S-1042 --queue sku-assignment --cancel --reason "wrong file" --yes',
    ],
    exitCodes: { 0: 'done', 1: 'the fleet refused, or does not answer' },
  });
}

const most = 10_000;
const counted = (count: number): string => (count >= most ? `${most}+` : String(count));

async function list({ queue, seller, later, json }: Options): Promise<void> {
  const query = {
    limit: 200,
    ...(queue && { queue }),
    ...(seller && { sellerId: seller }),
    ...(later && { withLater: 'true' as const }),
  };
  const page = await askFleet((client) => client.call(routes.backlog.listBacklog, { query }));
  if (json) return console.log(JSON.stringify(page));
  if (page.items.length === 0)
    return console.log(later ? 'Nothing is owed.' : 'Nothing is to be run now (--later shows what is due later).');
  const rows = page.items.map((row) => [
    row.queue,
    row.sellerId === '-' ? '- (programme)' : row.sellerId,
    counted(row.ready),
    ago(row.oldestAt),
    counted(row.later),
    ahead(row.nextDueAt),
  ]);
  console.log(table(['queue', 'seller', 'now', 'oldest', 'later', 'next due'], rows));
  if (page.nextCursor) console.log('\nThere are more: --queue or --seller narrow it down.');
}

async function cancel({ queue, seller, reason, yes, json }: Options): Promise<void> {
  if (!seller) throw new UserMistake('Name whose backlog with --seller.');
  if (yes && !reason) throw new UserMistake('Say why with --reason: it is written down.');
  const body = { sellerId: seller, dryRun: !yes, ...(queue && { queue }), ...(reason && { reason }) };
  const answer = await askFleet((client) => client.call(routes.backlog.cancelBacklog, { body }), {
    notFound: `There is no seller ${seller}.`,
  });
  if (json) return console.log(JSON.stringify(answer));
  if (answer.jobs.length === 0) return console.log(`Nothing is owed to ${seller}${queue ? ` in ${queue}` : ''}.`);
  const rows = answer.jobs.map(({ queue: of, name, cancelled, kept }) => [
    of,
    name,
    String(cancelled),
    [
      kept.sent && `${kept.sent} sent to a carrier`,
      kept.running && `${kept.running} running`,
      kept.always_carried_out && `${kept.always_carried_out} always carried out`,
    ]
      .filter(Boolean)
      .join(', '),
  ]);
  console.log(table(['queue', 'job', answer.dryRun ? 'would be cancelled' : 'cancelled', 'goes on'], rows));
  if (answer.dryRun) console.log('\nNothing was done: add --reason and --yes.');
  if (answer.isMore) console.log('\nThere is more: run it again.');
}
