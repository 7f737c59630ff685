import { type AssignmentItem, applyDirectChange, decideFeedRow, supersedeEarlierRows } from '@ge/domain';
import type { Command, CommandOf } from '../journal/command.ts';
import { granted, type Place } from './place.ts';
import type { FeedEnd } from './sequentialModel.ts';

type AboutSkus = CommandOf<'assign-skus' | 'upload-feed'>;

export const isAboutSkus = (command: Command): command is AboutSkus =>
  command.kind === 'assign-skus' || command.kind === 'upload-feed';

/** Carries the command out; returns what the feed comes to, if it is one. */
export function changeSkus(command: AboutSkus, place: Place): readonly FeedEnd[] {
  if (command.kind === 'upload-feed') return [readFeed(command, place)];
  const { state, id, no } = place;
  const items = command.items as readonly AssignmentItem[];
  const { changed } = granted(applyDirectChange(items, state.of(id).skus, state.indexOf(id), no));
  for (const sku of changed) state.putSku(id, sku);
  return [];
}

function readFeed({ rows, rowCount }: CommandOf<'upload-feed'>, { state, id, no }: Place): FeedEnd {
  const staged = (rows ?? []).map((row, index) => ({ ...row, recordNo: index + 1, outcome: null, deletes: false }));
  for (const row of supersedeEarlierRows(staged)) {
    if (row.outcome !== null) continue;
    const { effect } = decideFeedRow(row, state.of(id).skus.get(row.sku) ?? null, state.indexOf(id), no);
    if (effect.kind === 'save') state.putSku(id, effect.sku);
  }
  return { sellerId: id, no, rows: rowCount, rejected: null };
}
