import { type Client, routes } from '@ge/api';
import { answer } from '../answer.ts';
import { askFleet } from '../fleet-client.ts';
import { exitCodeOf, type Feed, feedInWords } from './feedInWords.ts';
import { feedProgress } from './feedProgress.ts';
import { findingsTable, firstFindings, type Language } from './findings.ts';
import { formatFor, openReport, saveReport } from './saveReport.ts';
import type { Watch } from './watched.ts';

export interface Outcome {
  readonly json?: boolean | undefined;
  readonly language?: Language | undefined;
  /** Where the whole report is to be put. */
  readonly report?: string | undefined;
}

/** Follows a feed until it has ended. */
export async function waitForFeed(client: Client, feedId: string, { line, signal, ifStopped }: Watch): Promise<Feed> {
  ifStopped(`no longer waiting; the feed goes on: ge feed status ${feedId} --follow`);
  const progress = feedProgress(line, process.stderr);
  let last: Feed | undefined;
  for await (const feed of client.follow(routes.feeds.followFeed, { params: { feedId }, signal })) {
    progress.rows(feed);
    last = feed;
  }
  line.end();
  return last!;
}

/** Says what became of a feed that has ended, and sets the exit code. */
export async function tellOutcome(client: Client, feed: Feed, { json, language, report }: Outcome): Promise<void> {
  const findings = await firstFindings(client, feed.id, language);
  if (report) await saveReport(await openReport(client, feed.id, { format: formatFor(report), language }), report);
  const exitCode = exitCodeOf(feed);
  if (json) answer({ ok: exitCode === 0, feed, findings, ...(report && { report }) });
  else {
    const lines = feedInWords(feed);
    if (findings.length > 0) lines.push('', findingsTable(findings), '');
    lines.push(`The whole report: ${report ?? `ge feed report ${feed.id}`}`);
    console.log(lines.join('\n'));
  }
  process.exitCode = exitCode;
}

export const askAboutFeed = <T>(feedId: string, work: (client: Client) => Promise<T>): Promise<T> =>
  askFleet(work, { notFound: `There is no feed ${feedId}. \`ge feed list --seller …\` shows those of a seller.` });
