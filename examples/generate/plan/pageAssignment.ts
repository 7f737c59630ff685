import type { Random } from '../random.ts';
import type { RowOutcome } from './assignmentRows.ts';
import { becomesEnabled, type SellerPlan } from './world.ts';

/** One change on the inventory page, with what it must come to. */
export interface PageItem {
  readonly sku: string;
  readonly templateId: string;
  readonly outcome: RowOutcome;
  readonly codes: readonly string[];
}

export interface PageAssignment {
  readonly seller: SellerPlan;
  /** Fifty changes, as many as the page takes. */
  readonly items: readonly PageItem[];
  /** One more than the page takes: all of it is refused. */
  readonly tooMany: readonly Pick<PageItem, 'sku' | 'templateId'>[];
  /** Position of each SKU's template after the change. */
  readonly templatesAfter: readonly number[];
}

const NO_TEMPLATE = 'tpl_never_created';

/** 33 moves (8 of them off export), 6 that change nothing, 4 SKUs named twice, and 7 that cannot be done. */
export function planPageAssignment(sellers: readonly SellerPlan[], random: Random): PageAssignment {
  const seller = sellers.find(({ role }) => role === 'page')!;
  const { skus, templates } = seller;
  const after = skus.map(({ template }) => template);
  const order = random.shuffle(skus.map((_, index) => index));
  const off = templates.findIndex((template) => !becomesEnabled(seller, template));
  const item = (index: number, template: number, outcome: RowOutcome): PageItem => ({
    sku: skus[index]!.code,
    templateId: templates[template]!.id,
    outcome,
    codes: [],
  });
  const elsewhere = (index: number): number =>
    random.pick(templates.map((_, no) => no).filter((no) => no !== off && no !== after[index]));
  const move = (index: number, template = elsewhere(index)): PageItem => {
    after[index] = template;
    return item(index, template, 'applied');
  };
  const next = () => order.pop()!;
  const leaving = Array.from({ length: 8 }, () => {
    const at = order.findIndex((index) => after[index] !== off);
    return move(order.splice(at, 1)[0]!, off);
  });
  const moving = Array.from({ length: 21 }, () => move(next()));
  const staying = Array.from({ length: 6 }, () => {
    const index = next();
    return item(index, after[index]!, 'unchanged');
  });
  const twice = Array.from({ length: 4 }, () => {
    const index = next();
    return [item(index, elsewhere(index), 'superseded'), move(index)];
  });
  const reject = (sku: string, templateId: string, ...codes: string[]): PageItem => ({
    sku,
    templateId,
    outcome: 'rejected',
    codes,
  });
  const rejected = [
    ...[1, 2, 3].map((no) => reject(`TYPO-${no}`, templates[0]!.id, 'sku.unknown')),
    ...[1, 2, 3].map(() => reject(skus[next()]!.code, NO_TEMPLATE, 'sku.template_unknown')),
    reject('TYPO-4', NO_TEMPLATE, 'sku.template_unknown', 'sku.unknown'),
  ];
  const items = [...leaving, ...moving.slice(0, 10), ...staying, ...twice.map(([first]) => first!), ...rejected];
  items.push(...twice.map(([, second]) => second!), ...moving.slice(10));
  const extra = skus[next()]!.code;
  const sent = items.map(({ sku, templateId }) => ({ sku, templateId }));
  return { seller, items, tooMany: [...sent, { sku: extra, templateId: templates[0]!.id }], templatesAfter: after };
}
