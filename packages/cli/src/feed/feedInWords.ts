import type { AnswerOf, routes } from '@ge/api';
import { ago } from '../moments.ts';

export type Feed = AnswerOf<typeof routes.feeds.getFeed>;

export const count = (n: number): string => n.toLocaleString('en-US');

/** `1.2 MB`, `12.3 kB`, `80 bytes` */
export function inSize(bytes: number): string {
  if (bytes < 1_000) return `${bytes} bytes`;
  return bytes < 1_000_000 ? `${(bytes / 1_000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

export const hasEnded = ({ state }: Feed): boolean => state !== 'IN_QUEUE' && state !== 'IN_PROGRESS';

/** 0 where everything in the file was done, 1 where anything was not. */
export const exitCodeOf = ({ state, counts }: Feed): 0 | 1 =>
  state === 'DONE' && counts !== null && counts.rejected + counts.notAttempted === 0 ? 0 : 1;

/** How it stands, in a few lines. */
export function feedInWords(feed: Feed): string[] {
  const { id, type, sellerId, state, fatalCode, stagedRows, settledRows, dryRun, revertsFeedId } = feed;
  const lines = [
    `feed ${id}: ${state}${took(feed)}`,
    `  ${type} of seller ${sellerId}, accepted ${ago(feed.createdAt)}`,
  ];
  if (revertsFeedId) lines.push(`  takes back feed ${revertsFeedId}`);
  if (dryRun) lines.push('  a dry run: what would become of it; nothing is changed');
  if (fatalCode) lines.push(`  it could not be worked off as a whole: ${fatalCode}`);
  if (feed.counts) lines.push(`  ${countsInWords(feed.counts)}`);
  else if (!hasEnded(feed)) lines.push(`  ${count(stagedRows)} rows read, ${count(settledRows)} have their outcome`);
  return lines;
}

const countsInWords = (counts: NonNullable<Feed['counts']>): string => {
  const { processed, applied, unchanged, superseded, rejected, notAttempted } = counts;
  const parts = { applied, unchanged, superseded, rejected, 'not attempted': notAttempted };
  const sum = Object.entries(parts).map(([name, n]) => `${count(n)} ${name}`);
  return `${count(processed)} processed = ${sum.join(' + ')}`;
};

const took = ({ startedAt, endedAt }: Feed): string =>
  startedAt && endedAt ? ` in ${((endedAt.getTime() - startedAt.getTime()) / 1_000).toFixed(1)} s` : '';
