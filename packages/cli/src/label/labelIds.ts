import type { Client } from '@ge/api';
import { askFleet } from '../fleet-client.ts';
import { UserMistake } from '../mistake.ts';

/** Asks about the batch of that id. Throws UserMistake where it is no id of one, FleetAnswer where there is none. */
export function askAboutBatch<T>(batchId: string, work: (client: Client) => Promise<T>): Promise<T> {
  if (!batchId.startsWith('lbb_')) throw new UserMistake(`${batchId} is no label batch: its id begins with lbb_.`);
  return askFleet(work, {
    notFound: `There is no label batch ${batchId}. \`ge label batch list --seller …\` shows those of a seller.`,
  });
}

/** The same about a label. */
export function askAboutLabel<T>(labelId: string, work: (client: Client) => Promise<T>): Promise<T> {
  if (!labelId.startsWith('lbl_')) throw new UserMistake(`${labelId} is no label: its id begins with lbl_.`);
  return askFleet(work, {
    notFound: `There is no label ${labelId}, or nothing of it to print. \`ge label list <order>\` shows those of an order.`,
  });
}
