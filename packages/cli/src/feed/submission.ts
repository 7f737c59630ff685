import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { routes } from '@ge/api';
import { type Command, Option } from 'commander';
import { answer } from '../answer.ts';
import { askFleet } from '../fleet-client.ts';
import { UserMistake } from '../mistake.ts';
import { openFeedFile, sha256Of } from './feedFile.ts';
import { feedInWords, inSize } from './feedInWords.ts';
import { feedProgress } from './feedProgress.ts';
import { type FeedType, feedKindOf, feedTypes } from './feedTypeOf.ts';
import type { Language } from './findings.ts';
import { sendFeed } from './sendFeed.ts';
import { tellOutcome, waitForFeed } from './waitForFeed.ts';
import { watched } from './watched.ts';

export interface Submission {
  readonly seller: string;
  readonly type?: FeedType;
  readonly wait: boolean;
  readonly gzip: boolean;
  readonly again?: boolean;
  readonly report?: string;
  readonly language?: Language;
  readonly json?: boolean;
}

export const languageOption = () =>
  new Option('--language <language>', 'of the findings and the report').choices(['zh-CN', 'en-US']);

export const submissionOptions = (command: Command): Command =>
  command
    .argument('<file>', 'a table, an XML envelope or a JSON listings feed')
    .requiredOption('--seller <id>', 'whose file it is')
    .addOption(
      new Option('--type <type>', 'what it is; told by its extension and beginning where they say it').choices(
        feedTypes,
      ),
    )
    .option('--no-wait', 'end once the fleet has it')
    .option('--no-gzip', 'send it as it is, instead of packed on the way')
    .option('--report <file>', 'put the whole report there: .xml and .json in these formats, all else as a table')
    .addOption(languageOption())
    .option('--json', 'print one object: {ok, feed, findings}');

/** Sends a file and, unless told otherwise, waits for what becomes of it. @param dryRun whether it is only tried, without effect */
export async function submit(path: string, given: Submission, dryRun = false): Promise<void> {
  const { report, json = false, language } = given;
  // Tried again, it is looked at again: what it would do may have changed meanwhile.
  const again = dryRun || (given.again ?? false);
  const file = await openFeedFile(path);
  const kind = feedKindOf(file, given.type);
  if (report && !existsSync(dirname(report)))
    throw new UserMistake(`There is no folder ${dirname(report)} for the report.`);
  await watched(json, (watch) =>
    askFleet(async (client) => {
      const { line, signal, ifStopped } = watch;
      line.tell(`${file.name} (${inSize(file.size)}): ${kind.type}, ${kind.because}`);
      const progress = feedProgress(line, process.stderr);
      const sha256 = await sha256Of(file, (done) => progress.bytes('looking through', done, file.size), signal);
      const parting = 'interrupted before the fleet said that it has the file';
      ifStopped(again ? parting : `${parting}; sent again, it is one feed all the same`);
      const { accepted, wasSentBefore } = await sendFeed(client, file, {
        sellerId: given.seller,
        kind,
        sha256,
        gzip: given.gzip && !/\.(xlsx|gz|zip)$/i.test(file.name),
        again,
        dryRun,
        onBytes: (done) => progress.bytes('sending', done, file.size),
        signal,
      });
      const { feedId } = accepted;
      line.tell(
        wasSentBefore
          ? `feed ${feedId}: this file was sent before, and is not taken in twice (--again would)`
          : `feed ${feedId}: accepted, operation ${accepted.operationId}`,
      );
      if (given.wait) {
        const feed = await waitForFeed(client, feedId, watch);
        return tellOutcome(client, feed, { json, language, report });
      }
      const feed = await client.call(routes.feeds.getFeed, { params: { feedId } });
      line.end();
      if (json) answer({ ok: true, feed, wasSentBefore });
      else console.log([...feedInWords(feed), `How it goes on: ge feed status ${feedId} --follow`].join('\n'));
    }),
  );
}
