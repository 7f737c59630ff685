import { routes } from '@ge/api';
import type { Command } from 'commander';
import { answer } from '../answer.ts';
import { feedInWords, hasEnded } from '../feed/feedInWords.ts';
import type { Language } from '../feed/findings.ts';
import { languageOption } from '../feed/submission.ts';
import { askAboutFeed, tellOutcome, waitForFeed } from '../feed/waitForFeed.ts';
import { watched } from '../feed/watched.ts';
import { whichFleet } from '../fleet-client.ts';
import { teach } from '../teach.ts';
import { feedExitCodes } from './feed-submit.ts';

export function registerFeedStatus(feed: Command): void {
  const command = feed
    .command('status')
    .argument('<feed>', 'its id, feed_…')
    .summary('how a feed stands; --follow waits for its end')
    .description(
      `Says how a feed stands. With --follow, waits until every row has its outcome, as submit does.\n\n${whichFleet}`,
    )
    .option('--follow', 'wait for its end')
    .addOption(languageOption())
    .option('--json', 'print one object: {ok, feed}, with --follow the first findings too')
    .action(status);
  teach(command, {
    examples: ['ge feed status feed_06b1…', 'ge feed status feed_06b1… --follow'],
    exitCodes: { 0: 'told; with --follow: done, and nothing was rejected', 1: feedExitCodes[1] },
  });
}

interface AskedStatus {
  readonly follow?: boolean;
  readonly language?: Language;
  readonly json?: boolean;
}

async function status(feedId: string, { follow, language, json = false }: AskedStatus): Promise<void> {
  const params = { feedId };
  if (follow)
    return watched(json, (watch) =>
      askAboutFeed(feedId, async (client) => {
        const feed = await waitForFeed(client, feedId, watch);
        await tellOutcome(client, feed, { json, language });
      }),
    );
  const feed = await askAboutFeed(feedId, (client) => client.call(routes.feeds.getFeed, { params }));
  if (json) return answer({ ok: true, feed });
  const next = hasEnded(feed)
    ? `The whole report: ge feed report ${feedId}`
    : `How it goes on: ge feed status ${feedId} --follow`;
  console.log([...feedInWords(feed), next].join('\n'));
}
