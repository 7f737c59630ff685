import type { Command } from 'commander';
import { type Submission, submissionOptions, submit } from '../feed/submission.ts';
import { whichFleet } from '../fleet-client.ts';
import { teach } from '../teach.ts';

/** What the exit code of a command says that waits for a feed. */
export const feedExitCodes = {
  0: 'done, and nothing was rejected',
  1: 'the file or a row of it was rejected or not attempted, the fleet refused, or does not answer',
};

export function registerFeedSubmit(feed: Command): void {
  const command = submissionOptions(feed.command('submit'))
    .summary('send a file and wait for what becomes of it')
    .description(
      'Sends a bulk file of a seller from the disk and waits until every row has its outcome. The same file sent again for the ' +
        'same seller is the same feed, unless --again is told. Ctrl-C ends the waiting; the feed goes on.\n\n' +
        whichFleet,
    )
    .option('--again', 'make it a new feed even where the same file was sent before')
    .action((path: string, given: Submission) => submit(path, given));
  teach(command, {
    examples: [
      'ge feed submit listings.txt --seller S-1042',
      ['ge feed submit confirmed.txt --seller S-1042 --type shipping-confirmation', 'where its columns do not say it'],
      ['ge feed submit big.xml --seller S-1042 --no-wait', 'end once the fleet has it'],
      ['ge feed submit listings.txt --seller S-1042 --report report.xml --language zh-CN', ''],
      ["ge feed submit listings.txt --seller S-1042 --json | jq '.feed.counts'", ''],
    ],
    exitCodes: { ...feedExitCodes, 2: 'it was asked for wrongly: no such file, type or seller' },
  });
}
