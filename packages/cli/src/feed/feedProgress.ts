import { bar } from '../bar.ts';
import type { BenchProgress } from '../bench-progress.ts';
import { count, type Feed, inSize } from './feedInWords.ts';

const barWidth = 24;
const plainEveryMs = 5_000;
const redrawEveryMs = 100;

/** As much of a feed as says how far it is. */
export type FeedSoFar = Pick<Feed, 'state' | 'stagedRows' | 'settledRows'>;

/** Says how far a file is: a bar on a terminal, elsewhere a line when something changes and every few seconds. */
export interface FeedProgress {
  /** Bytes done of all, while it is looked through or sent. */
  bytes(doing: string, done: number, of: number): void;
  /** What has become of it so far. */
  rows(feed: FeedSoFar): void;
}

/** @param expectedRows about how many rows the file has; null where it does not say */
export function feedProgress(
  { now, tell }: BenchProgress,
  out: { readonly isTTY?: boolean },
  expectedRows: number | null,
): FeedProgress {
  let drawnAt = 0;
  let saidAt = Date.now();
  let said = '';
  return {
    bytes: (doing, done, of) => {
      if (done < of && Date.now() - drawnAt < redrawEveryMs) return;
      drawnAt = Date.now();
      now(`${doing} ${withBar(of === 0 ? 1 : Math.min(1, done / of))} of ${inSize(of)}`);
    },
    rows: (feed) => {
      now(rowsInWords(feed, expectedRows));
      if (out.isTTY || (feed.state === said && Date.now() - saidAt < plainEveryMs)) return;
      said = feed.state;
      saidAt = Date.now();
      tell(
        `${feed.state.padEnd(11)} ${count(feed.stagedRows)} rows read, ${count(feed.settledRows)} have their outcome`,
      );
    },
  };
}

const withBar = (share: number): string => `${bar(share, barWidth)} ${Math.floor(share * 100)} %`;

/** Reading is half of the way, and having its outcome the other. */
export function rowsInWords(feed: FeedSoFar, expectedRows: number | null): string {
  const { state, stagedRows, settledRows } = feed;
  if (state === 'IN_QUEUE') return 'waiting for its turn';
  const rows = `${count(stagedRows)} rows read, ${count(settledRows)} have their outcome`;
  if (expectedRows === null && settledRows === 0) return rows;
  const all = 2 * Math.max(expectedRows ?? 0, stagedRows, 1);
  return `${withBar((stagedRows + settledRows) / all)}  ${rows}`;
}
