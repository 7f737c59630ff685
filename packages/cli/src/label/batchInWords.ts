import type { AnswerOf, routes } from '@ge/api';
import { formatMoney } from '@ge/domain';
import { bar } from '../bar.ts';
import { count } from '../feed/feedInWords.ts';
import { ago, ahead } from '../moments.ts';

export type LabelBatch = AnswerOf<typeof routes.labelBatches.getLabelBatch>;

/** Whether nothing of it changes by itself any more. */
export const hasEnded = ({ state, counts }: LabelBatch): boolean =>
  state === 'closed' || (state === 'cancelled' && counts.under_way === 0);

/** 1 where something of it was refused or cancelled, or waits for a person. */
export const exitCodeOf = ({ counts }: LabelBatch): 0 | 1 =>
  counts.refused + counts.cancelled + counts.parked === 0 ? 0 : 1;

/** How it stands, in a few lines. */
export function batchInWords(batch: LabelBatch): string[] {
  const { id, state, format, sellerId, total, charged, aside, awaited, counts } = batch;
  const parts = Object.entries(counts).filter(([, n]) => n > 0);
  const sum = parts.map(([standing, n]) => `${count(n)} ${standing.replace('_', ' ')}`).join(' + ');
  return [
    `label batch ${id}: ${state}`,
    `  ${format} labels for seller ${sellerId}, asked for ${ago(batch.createdAt)}`,
    `  ${count(total)} ${total === 1 ? 'parcel' : 'parcels'} = ${sum}`,
    ...(charged.length > 0 ? [`  charged ${charged.map(formatMoney).join(', ')}`] : []),
    ...(aside > 0 ? [`  ${asideInWords(aside)}`] : []),
    ...awaited.map((carrier) => `  ${awaitedInWords(carrier)}`),
    ...(counts.parked > 0 ? [`  ${count(counts.parked)} wait for a person: ge label parked`] : []),
  ];
}

const asideInWords = (aside: number): string =>
  `${count(aside)} of those waiting have stepped aside: a carrier gives no answer or is stopped, and is asked again by itself`;

type Awaited = LabelBatch['awaited'][number];

const notCalled = {
  down: 'is down',
  stopped: 'is stopped by hand',
  asked: 'asked for a pause',
} as const satisfies Record<Awaited['reason'], string>;

function awaitedInWords({ carrierId, labels, reason, retryAt }: Awaited): string {
  const again = retryAt ? `, and is tried again ${ahead(retryAt)}` : '';
  return `${carrierId} ${notCalled[reason]}${again}${labels > 0 ? `: ${waitTo(labels)} be sent there` : ''}`;
}

const waitTo = (labels: number): string => (labels === 1 ? '1 label waits to' : `${count(labels)} labels wait to`);

const barWidth = 24;

/** How far it is, in one line. */
export function batchSoFar({ state, total, counts, aside, awaited }: LabelBatch): string {
  const done = total - counts.waiting - counts.under_way;
  const share = total === 0 ? 1 : done / total;
  const besides = [
    ...(counts.refused > 0 ? [`${count(counts.refused)} refused`] : []),
    ...(counts.parked > 0 ? [`${count(counts.parked)} parked`] : []),
    ...(aside > 0 ? [`${count(aside)} wait for a carrier`] : []),
    ...awaited.map(({ carrierId, labels, reason }) => {
      const is = `${carrierId} ${notCalled[reason]}`;
      return labels > 0 ? `${is} (${count(labels)} wait to be sent)` : is;
    }),
    ...(state === 'paused' ? ['paused'] : []),
  ];
  return `${bar(share, barWidth)} ${Math.floor(share * 100)} %  ${[`${count(done)} of ${count(total)} have ended`, ...besides].join(', ')}`;
}
