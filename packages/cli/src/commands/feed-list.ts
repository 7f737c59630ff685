import { routes } from '@ge/api';
import { type Command, Option } from 'commander';
import { answer } from '../answer.ts';
import { count, type Feed } from '../feed/feedInWords.ts';
import { unlessUnknown } from '../feed/unknownSeller.ts';
import { askFleet, whichFleet } from '../fleet-client.ts';
import { ago } from '../moments.ts';
import { table } from '../table.ts';
import { teach } from '../teach.ts';

const states = routes.feeds.listFeeds.query.shape.state.unwrap().options;

export function registerFeedList(feed: Command): void {
  const command = feed
    .command('list')
    .summary("a seller's feeds, the last accepted first")
    .description(`Shows the feeds of a seller, the last accepted first.\n\n${whichFleet}`)
    .requiredOption('--seller <id>', 'whose feeds')
    .addOption(new Option('--state <state>', 'in this state only').choices(states))
    .option('--json', 'print what the API answers as one object')
    .action(list);
  teach(command, {
    examples: ['ge feed list --seller S-1042', 'ge feed list --seller S-1042 --state IN_PROGRESS'],
    exitCodes: {
      0: 'told',
      1: 'the fleet refused, or does not answer',
      2: 'it was asked for wrongly: no such state or seller',
    },
  });
}

async function list({
  seller,
  state,
  json,
}: {
  seller: string;
  state?: (typeof states)[number];
  json?: boolean;
}): Promise<void> {
  const asking = { params: { sellerId: seller }, query: { limit: 200, ...(state && { state }) } };
  const page = await askFleet((client) =>
    client.call(routes.feeds.listFeeds, asking).catch((error: unknown) => {
      throw unlessUnknown(error, seller);
    }),
  );
  if (json) return answer(page);
  if (page.items.length === 0) return console.log(`Seller ${seller} has no feed${state ? ` that is ${state}` : ''}.`);
  const rows = page.items.map((feed) => [
    feed.id,
    kindOf(feed),
    feed.state,
    count(feed.stagedRows),
    feed.counts ? count(feed.counts.applied) : '',
    feed.counts ? count(feed.counts.rejected) : '',
    ago(feed.createdAt),
  ]);
  console.log(table(['feed', 'type', 'state', 'rows', 'applied', 'rejected', 'accepted'], rows));
  if (page.nextCursor) console.log('\nThere are more: --state narrows it down.');
}

const kindOf = ({ type, dryRun, revertsFeedId }: Feed): string => {
  if (revertsFeedId) return `${type}, takes back`;
  return dryRun ? `${type}, dry run` : type;
};
