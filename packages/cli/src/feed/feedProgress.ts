import { bar } from '../bar.ts';
import type { ProgressLine } from '../progress-line.ts';
import { count, type Feed, inSize } from './feedInWords.ts';

const barWidth = 24;
const plainEveryMs = 5_000;
const redrawEveryMs = 100;

/** As much of a feed as says how far it is. */
export type FeedSoFar = Pick<Feed, 'state' | 'fileBytes' | 'readBytes' | 'stagedRows' | 'settledRows'>;

/** Says how far a file is: a bar on a terminal, elsewhere a line when something changes and every few seconds. */
export interface FeedProgress {
  /** Bytes done of all, while it is looked through or sent. */
  bytes(doing: string, done: number, of: number): void;
  /** What has become of it so far. */
  rows(feed: FeedSoFar): void;
}

export function feedProgress({ now, tell }: ProgressLine, out: { readonly isTTY?: boolean }): FeedProgress {
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
      now(rowsInWords(feed));
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

/**
 * Reading is half of the way, and having its outcome the other. How many rows a file has, its bytes tell while it is read;
 * nobody knows of a feed without a file.
 */
export function rowsInWords({ state, fileBytes, readBytes, stagedRows, settledRows }: FeedSoFar): string {
  if (state === 'IN_QUEUE') return 'waiting for its turn';
  const rows = `${count(stagedRows)} rows read, ${count(settledRows)} have their outcome`;
  if (readBytes === 0 || stagedRows === 0) return rows;
  const read = Math.min(1, readBytes / fileBytes);
  const bytes = read < 1 ? ` (${inSize(readBytes)} of ${inSize(fileBytes)})` : '';
  return `${withBar((read + (settledRows / stagedRows) * read) / 2)}  ${rows}${bytes}`;
}
