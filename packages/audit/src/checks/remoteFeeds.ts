import type { JournalEntry } from '../journal/entry.ts';
import type { RemoteFleet } from '../readers/remoteFleet.ts';
import { amiss } from '../report/finding.ts';
import type { ReportWriter } from '../report/report.ts';

/** Whether every file that was sent has come to its end, with all of its rows and its report. */
export async function checkFeeds(
  fleet: RemoteFleet,
  entries: readonly JournalEntry[],
  report: ReportWriter,
): Promise<void> {
  const sent = entries.flatMap(({ command }) => {
    if (command.kind === 'upload-feed') return { id: command.feedId, rows: command.rowCount };
    return command.kind === 'upload-confirmations' ? { id: command.feedId, rows: command.orderIds.length } : [];
  });
  const named = sent.filter((feed): feed is { id: string; rows: number } => feed.id !== null);
  const seen = await fleet.feeds(named.map(({ id }) => id));
  report.checked('feeds', named.length);
  named.forEach(({ id: subject, rows }, index) => {
    const feed = seen[index];
    const found = feed ? `${feed.state}, ${feed.settledRows} rows` : 'nothing';
    if (feed?.state !== 'DONE' || feed.settledRows !== rows || feed.reportDocumentId === null)
      report.found([amiss('feed.missing', { subject, expected: `DONE, ${rows} rows, with its report`, found })]);
  });
}
