import type { Command } from 'commander';
import { type Submission, submissionOptions, submit } from '../feed/submission.ts';
import { whichFleet } from '../fleet-client.ts';
import { teach } from '../teach.ts';

export function registerFeedDryRun(feed: Command): void {
  const command = submissionOptions(feed.command('dry-run'))
    .summary('what a file would do, without doing it')
    .description(
      'Sends a bulk file of a seller as submit does, and says what would become of every row. Nothing of the seller is changed; ' +
        `what the file would do may be another thing once other commands have been carried out.\n\n${whichFleet}`,
    )
    .action((path: string, given: Submission) => submit(path, given, true));
  teach(command, {
    examples: [
      'ge feed dry-run listings.txt --seller S-1042',
      ["ge feed dry-run listings.txt --seller S-1042 --json | jq '.findings[].code'", ''],
    ],
    exitCodes: {
      0: 'nothing would be rejected',
      1: 'the file or a row of it would be rejected, the fleet refused, or does not answer',
      2: 'it was asked for wrongly: no such file, type or seller',
    },
  });
}
