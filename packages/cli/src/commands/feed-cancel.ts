import { routes } from '@ge/api';
import type { Command } from 'commander';
import { answer } from '../answer.ts';
import { askAboutFeed } from '../feed/waitForFeed.ts';
import { whichFleet } from '../fleet-client.ts';
import { teach } from '../teach.ts';

export function registerFeedCancel(feed: Command): void {
  const command = feed
    .command('cancel')
    .argument('<feed>', 'its id, feed_…')
    .summary('cancel a feed that has not ended')
    .description(
      `Cancels a feed that waits or is under way: what was applied stays, everything else is reported as not attempted.\n\n${whichFleet}`,
    )
    .option('--json', 'print one object: {ok, feed}')
    .action(cancel);
  teach(command, {
    examples: ['ge feed cancel feed_06b1…'],
    exitCodes: {
      0: 'cancelled',
      1: 'it has ended already, there is none, the fleet refused, or does not answer',
    },
  });
}

async function cancel(feedId: string, { json }: { json?: boolean }): Promise<void> {
  const feed = await askAboutFeed(feedId, (client) => client.call(routes.feeds.cancelFeed, { params: { feedId } }));
  if (json) answer({ ok: true, feed });
  else console.log(`Cancelled: ${feedId}.`);
}
