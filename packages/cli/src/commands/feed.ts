import type { Command } from 'commander';
import { commandGroup } from '../command-group.ts';
import { whichFleet } from '../fleet-client.ts';
import { teach } from '../teach.ts';
import { registerFeedCancel } from './feed-cancel.ts';
import { registerFeedDryRun } from './feed-dry-run.ts';
import { registerFeedList } from './feed-list.ts';
import { registerFeedReport } from './feed-report.ts';
import { registerFeedRevert } from './feed-revert.ts';
import { registerFeedStatus } from './feed-status.ts';
import { feedExitCodes, registerFeedSubmit } from './feed-submit.ts';

export function registerFeed(program: Command): void {
  const feed = commandGroup(program, 'feed', 'Say what to do with a feed')
    .summary('bulk files: send one, follow it, read its report')
    .description(
      'Sends bulk files of sellers (Inventory Loader, XML product feed, JSON listings feed, shipping confirmations), follows ' +
        `them, and reads their reports. Each of its commands explains itself with --help.\n\n${whichFleet}`,
    );
  for (const register of [
    registerFeedSubmit,
    registerFeedDryRun,
    registerFeedStatus,
    registerFeedList,
    registerFeedReport,
    registerFeedCancel,
    registerFeedRevert,
  ])
    register(feed);
  teach(feed, {
    examples: [
      ['ge feed submit listings.txt --seller S-1042', 'send it and wait'],
      'ge feed status feed_06b1… --follow',
      ['ge feed report feed_06b1… --format xml --out report.xml', ''],
      'ge feed list --seller S-1042 --state DONE',
      ['ge feed dry-run listings.txt --seller S-1042', 'what it would do'],
      ['ge feed cancel feed_06b1…', 'before it has been started'],
      ['ge feed revert feed_06b1…', 'afterwards'],
    ],
    exitCodes: feedExitCodes,
  });
}
