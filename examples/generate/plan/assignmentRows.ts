import type { Random } from '../random.ts';
import type { SellerPlan } from './world.ts';

export type RowOutcome = 'applied' | 'unchanged' | 'superseded' | 'rejected';

/** What a row was made to be, what must come of it, and the code it must be reported with. */
export const rowKinds = {
  move: { outcome: 'applied', code: null },
  move_to_template_without_ge: { outcome: 'applied', code: null },
  former_name: { outcome: 'applied', code: 'template.name_former' },
  delete_offer: { outcome: 'applied', code: null },
  delete_product: { outcome: 'applied', code: null },
  same_template: { outcome: 'unchanged', code: null },
  no_template: { outcome: 'unchanged', code: null },
  superseded: { outcome: 'superseded', code: null },
  template_unknown: { outcome: 'rejected', code: 'template.name_unknown' },
  template_near: { outcome: 'rejected', code: 'template.name_near' },
  'sku.unknown': { outcome: 'rejected', code: 'sku.unknown' },
  sku_too_long: { outcome: 'rejected', code: '90118' },
  sku_empty: { outcome: 'rejected', code: '90220' },
  operation_unknown: { outcome: 'rejected', code: '90244' },
  surplus_cell: { outcome: 'rejected', code: 'GE-15022' },
  template_twice: { outcome: 'rejected', code: 'GE-15024' },
  no_product: { outcome: 'rejected', code: 'GE-15025' },
  message_id_bad: { outcome: 'rejected', code: 'GE-15026' },
} as const satisfies Record<string, { outcome: RowOutcome; code: string | null }>;

export type RowKind = keyof typeof rowKinds;

export interface AssignmentRow {
  readonly kind: RowKind;
  /** Position among the seller's SKUs; -1 where the row names none of them. */
  readonly sku: number;
  /** Position among the seller's templates; -1 where the row names none of them. */
  readonly target: number;
}

/** Rows about one SKU, in the order in which they stand in the file. */
type Group = readonly AssignmentRow[];

/** How often a group begins with each kind; `repeated…` are several rows for one SKU. */
export type GroupKind =
  | Exclude<RowKind, 'superseded'>
  | 'repeated'
  | 'repeated_then_unknown'
  | 'repeated_then_empty'
  | 'repeated_then_deleted';

export interface FeedWish {
  readonly seller: SellerPlan;
  readonly rows: number;
  readonly weights: Readonly<Partial<Record<GroupKind, number>>>;
  readonly renamed: number;
  readonly withoutDomestic: number;
}

const namesNoSku: ReadonlySet<string> = new Set(['sku.unknown', 'sku_too_long', 'sku_empty', 'no_product']);

class GroupMaker {
  readonly #wish: FeedWish;
  readonly #random: Random;
  readonly #order: number[];
  #used = 0;

  constructor(wish: FeedWish, random: Random) {
    this.#wish = wish;
    this.#random = random;
    this.#order = random.shuffle(wish.seller.skus.map((_, index) => index));
  }

  /** A SKU no other group names. */
  #fresh(): number {
    const sku = this.#order[this.#used];
    if (sku === undefined) throw new RangeError('more rows than the seller has SKUs');
    this.#used += 1;
    return sku;
  }

  /** A template with domestic settings, other than the one the SKU is on. */
  #elsewhere(sku: number): number {
    const { seller, withoutDomestic } = this.#wish;
    const now = seller.skus[sku]!.template;
    const others = seller.templates.map((_, no) => no).filter((no) => no !== now && no !== withoutDomestic);
    return this.#random.pick(others);
  }

  make(kind: GroupKind): Group {
    if (namesNoSku.has(kind)) return [{ kind: kind as RowKind, sku: -1, target: 0 }];
    const { seller, renamed, withoutDomestic } = this.#wish;
    const sku = this.#fresh();
    const now = seller.skus[sku]!.template;
    const target = this.#elsewhere(sku);
    const earlier: AssignmentRow = { kind: 'superseded', sku, target: this.#elsewhere(sku) };
    switch (kind) {
      case 'move_to_template_without_ge':
        return [now === withoutDomestic ? { kind: 'move', sku, target } : { kind, sku, target: withoutDomestic }];
      case 'former_name':
        return [now === renamed ? { kind: 'move', sku, target } : { kind, sku, target: renamed }];
      case 'same_template':
        return [{ kind, sku, target: now }];
      case 'repeated':
        return [...(this.#random.chance(0.2) ? [earlier, earlier] : [earlier]), { kind: 'move', sku, target }];
      case 'repeated_then_unknown':
        return [earlier, { kind: 'template_unknown', sku, target: -1 }];
      case 'repeated_then_empty':
        return [
          { kind: 'move', sku, target },
          { kind: 'no_template', sku, target: -1 },
        ];
      case 'repeated_then_deleted':
        return [earlier, { kind: 'delete_offer', sku, target: -1 }];
      case 'template_unknown':
      case 'template_near':
      case 'no_template':
      case 'delete_offer':
      case 'delete_product':
        return [{ kind, sku, target: -1 }];
      default:
        return [{ kind, sku, target }];
    }
  }
}

/** The rows of a feed in their order: two of every kind at least, the rest by weight, scattered. */
export function planRows(wish: FeedWish, random: Random): readonly AssignmentRow[] {
  const maker = new GroupMaker(wish, random.fork('skus'));
  const names = Object.keys(wish.weights) as GroupKind[];
  const groups: Group[] = [];
  let rows = 0;
  const add = (group: Group) => {
    groups.push(group);
    rows += group.length;
  };
  for (const name of [...names, ...names]) add(maker.make(name));
  const weights = wish.weights as Readonly<Record<GroupKind, number>>;
  while (rows < wish.rows) {
    const kind = random.weighted(weights);
    // Only a group of one row fits at the end.
    add(maker.make(rows + 3 > wish.rows && kind.startsWith('repeated') ? 'move' : kind));
  }
  const turns = random.shuffle(groups.flatMap((group, index) => group.map(() => index)));
  const given = new Uint8Array(groups.length);
  return turns.map((index) => {
    const at = given[index]!;
    given[index] = at + 1;
    return groups[index]![at]!;
  });
}

/** Rows that put a SKU on another template. */
export const movingKinds: ReadonlySet<RowKind> = new Set(['move', 'move_to_template_without_ge', 'former_name']);

/** Where each SKU stands after the feed: position of its template, -1 = deleted. */
export function templatesAfter(seller: SellerPlan, rows: readonly AssignmentRow[]): Int32Array {
  const after = Int32Array.from(seller.skus, (sku) => sku.template);
  for (const { kind, sku, target } of rows) {
    if (movingKinds.has(kind)) after[sku] = target;
    if (kind === 'delete_offer' || kind === 'delete_product') after[sku] = -1;
  }
  return after;
}
