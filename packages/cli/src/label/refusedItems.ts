import { type AnswerOf, type Client, type Problem, routes } from '@ge/api';
import { count } from '../feed/feedInWords.ts';
import { table } from '../table.ts';

type Item = AnswerOf<typeof routes.labelBatches.listLabelBatchItems>['items'][number];

/** What stands against one item of a batch; one that has several reasons comes several times. */
export interface RefusedItem {
  /** Its place in what was sent, from 0. */
  readonly itemNo: number;
  readonly orderId: string;
  readonly code: string;
  readonly rule: string | null;
  readonly field: string;
  readonly message: string;
  readonly remedy: string;
}

const mostRead = 100;
const mostShown = 20;

/** The first refused items of a batch: those that no label was asked for, and those whose label was not bought. */
export async function firstRefused(client: Client, batchId: string): Promise<RefusedItem[]> {
  const { items } = await client.call(routes.labelBatches.listLabelBatchItems, {
    params: { batchId },
    query: { state: 'refused', limit: mostRead },
  });
  return items.flatMap((item) => findingsOf(item).map((finding) => ({ ...about(item), ...finding })));
}

const about = ({ itemNo, orderId }: Pick<Item, 'itemNo' | 'orderId'>) => ({ itemNo, orderId });

const findingsOf = ({ refusals, label }: Item) => [...refusals, ...(label?.problem ? [label.problem] : [])];

/** The same out of a refusal of the whole batch, whose fields name the items. */
export const refusedIn = ({ errors }: Problem, orderIds: readonly string[]): RefusedItem[] =>
  errors.flatMap(({ field, ...finding }) => {
    const [, itemNo, rest] = /^\/items\/(\d+)(.*)$/.exec(field) ?? [];
    return itemNo === undefined
      ? []
      : [{ itemNo: Number(itemNo), orderId: orderIds[Number(itemNo)] ?? '', ...finding, field: rest ?? '' }];
  });

/**
 * A row for each reason, and how many items more there are.
 * @param lines of the file, for items that stand in the lines of a table
 */
export function refusedTable(refused: readonly RefusedItem[], items: number, lines: readonly number[] | null): string {
  const shown = refused.slice(0, mostShown);
  const rows = shown.map(({ itemNo, orderId, field, rule, code, remedy }) => [
    String(lines ? lines[itemNo] : itemNo),
    orderId,
    field,
    rule ?? '',
    code,
    remedy,
  ]);
  const told = table([lines ? 'line' : 'item', 'order', 'field', 'rule', 'code', 'what to do'], rows);
  const more = items - new Set(shown.map(({ itemNo }) => itemNo)).size;
  return more > 0 ? `${told}\n… and ${count(more)} more refused.` : told;
}
