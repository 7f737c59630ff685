import { routes } from '@ge/api';
import type { Command } from 'commander';
import { answer } from '../answer.ts';
import { feedInWords } from '../feed/feedInWords.ts';
import type { Language } from '../feed/findings.ts';
import { languageOption } from '../feed/submission.ts';
import { askAboutFeed, tellOutcome, waitForFeed } from '../feed/waitForFeed.ts';
import { watched } from '../feed/watched.ts';
import { whichFleet } from '../fleet-client.ts';
import { teach } from '../teach.ts';
import { feedExitCodes } from './feed-submit.ts';

export function registerFeedRevert(feed: Command): void {
  const command = feed
    .command('revert')
    .argument('<feed>', 'its id, feed_…')
    .summary('take back what a feed has changed')
    .description(
      'Takes back what a feed has changed, by a feed of its own, and waits until every row has its outcome. Ctrl-C ends the ' +
        `waiting; the feed goes on.\n\n${whichFleet}`,
    )
    .option('--dry-run', 'say what would be taken back, and change nothing')
    .option('--no-wait', 'end once the fleet has accepted it')
    .addOption(languageOption())
    .option('--json', 'print one object: {ok, feed, findings}')
    .action(revert);
  teach(command, {
    examples: [
      'ge feed revert feed_06b1…',
      'ge feed revert feed_06b1… --dry-run',
      'ge feed revert feed_06b1… --no-wait --json',
    ],
    exitCodes: feedExitCodes,
  });
}

interface Asked {
  readonly dryRun?: boolean;
  readonly wait: boolean;
  readonly language?: Language;
  readonly json?: boolean;
}

async function revert(revertedId: string, { dryRun = false, wait, language, json = false }: Asked): Promise<void> {
  await watched(json, (watch) =>
    askAboutFeed(revertedId, async (client) => {
      const { line, signal } = watch;
      const { feedId, operationId } = await client.call(routes.feeds.revertFeed, {
        params: { feedId: revertedId },
        query: { dryRun: dryRun ? 'true' : 'false' },
        signal,
      });
      const what = dryRun ? 'says what it would be to take back' : 'takes back';
      line.tell(`feed ${feedId}: ${what} ${revertedId}, operation ${operationId}`);
      if (wait) return tellOutcome(client, await waitForFeed(client, feedId, watch), { json, language });
      const feed = await client.call(routes.feeds.getFeed, { params: { feedId } });
      line.end();
      if (json) answer({ ok: true, feed });
      else console.log([...feedInWords(feed), `How it goes on: ge feed status ${feedId} --follow`].join('\n'));
    }),
  );
}
