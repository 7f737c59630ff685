import { routes } from '@ge/api';
import { type Command, Option } from 'commander';
import { answer } from '../answer.ts';
import { hasEnded } from '../feed/feedInWords.ts';
import { firstFindings, type Language } from '../feed/findings.ts';
import { type AskedReport, formatFor, openReport, reportFormats, saveReport } from '../feed/saveReport.ts';
import { languageOption } from '../feed/submission.ts';
import { askAboutFeed } from '../feed/waitForFeed.ts';
import { FleetAnswer } from '../fleet-answer.ts';
import { whichFleet } from '../fleet-client.ts';
import { teach } from '../teach.ts';

export function registerFeedReport(feed: Command): void {
  const command = feed
    .command('report')
    .argument('<feed>', 'its id, feed_…')
    .summary('the processing report of a feed that has ended')
    .description(
      "Writes the processing report of a feed that has ended: as it was written, in the seller's language, or in the format and " +
        `language asked for.\n\n${whichFleet}`,
    )
    .addOption(
      new Option('--format <format>', 'a table, an XML envelope, or a JSON listings report').choices(reportFormats),
    )
    .addOption(languageOption())
    .option('--out <file>', 'put it there, instead of on standard output')
    .option('--json', 'print one object instead: {ok, feed, findings}, with the first ten findings')
    .action(report);
  teach(command, {
    examples: [
      'ge feed report feed_06b1…',
      'ge feed report feed_06b1… --format xml --language zh-CN --out report.xml',
      ["ge feed report feed_06b1… --format json | jq '.issues[].code'", ''],
    ],
    exitCodes: { 0: 'written', 1: 'there is no such feed, it goes on still, the fleet refused, or does not answer' },
  });
}

interface Asked extends AskedReport {
  readonly language?: Language;
  readonly out?: string;
  readonly json?: boolean;
}

async function report(feedId: string, { format, language, out, json }: Asked): Promise<void> {
  await askAboutFeed(feedId, async (client) => {
    const feed = await client.call(routes.feeds.getFeed, { params: { feedId } });
    if (!hasEnded(feed))
      throw new FleetAnswer(`The feed goes on still (${feed.state}): ge feed status ${feedId} --follow`);
    const asked = { format: format ?? (out && language ? formatFor(out) : undefined), language };
    if (out) await saveReport(await openReport(client, feedId, asked), out);
    if (json)
      answer({ ok: true, feed, findings: await firstFindings(client, feedId, language), ...(out && { report: out }) });
    else if (out) console.error(`The report: ${out}`);
    else await saveReport(await openReport(client, feedId, asked), '-');
  });
}
