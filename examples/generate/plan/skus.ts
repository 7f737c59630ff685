import {
  bannedGoods,
  eligibleGoods,
  type Gap,
  type Goods,
  gaps,
  origins,
  prohibitedGoods,
  restrictedGoods,
} from '../data/goods.ts';
import type { Random } from '../random.ts';
import type { ExportDataRecord } from '../records.ts';
import type { Role, SkuPlan } from './world.ts';

interface Owner {
  readonly tag: string;
  readonly role: Role;
  readonly templates: number;
  readonly rows: number;
}

/** SKUs that the rows of the Inventory Loader name, and some it leaves alone. */
const loaderSkuCount = (rows: number): number => Math.ceil(rows * 0.98) + 40;

const productFeedSkuCount = (rows: number): number => Math.max(600, Math.ceil(rows / 20));

function countOf(owner: Owner, random: Random): number {
  switch (owner.role) {
    case 'loader':
      return loaderSkuCount(owner.rows);
    case 'product_feed':
      return productFeedSkuCount(owner.rows);
    case 'page':
      return 90;
    case 'confirmer':
      return 60;
    case 'leaver':
      return 16;
    default:
      return random.int(4, 18);
  }
}

const colours = ['BLK', 'WHT', 'RED', 'NVY', 'GRN', 'S', 'M', 'L', 'XL', '2PK'];

/** SKU codes with the habits of real catalogues; the running number keeps them apart. */
function codeOf(tag: string, no: number, random: Random): string {
  const number = String(no).padStart(5, '0');
  switch (random.weighted({ plain: 90, digits: 3, inch: 2, ampersand: 2, blank: 2, accent: 1 })) {
    case 'digits':
      return `000${number}${tag.slice(1)}`;
    case 'inch':
      return `${tag.toUpperCase()}-${number}-15"`;
    case 'ampersand':
      return `${tag.toUpperCase()}-B&W-${number}`;
    case 'blank':
      return `${tag.toUpperCase()} ${number} set/2`;
    case 'accent':
      return `${tag.toUpperCase()}-${number}-É`;
    case 'plain':
      return `${tag.toUpperCase()}-${number}-${random.pick(colours)}`;
  }
}

type Kind = 'eligible' | 'banned_somewhere' | 'restricted' | 'prohibited' | 'incomplete';

const kinds: Readonly<Record<Kind, number>> = {
  eligible: 76,
  banned_somewhere: 6,
  restricted: 8,
  prohibited: 4,
  incomplete: 6,
};

const gapNames = Object.keys(gaps) as Gap[];

function goodsOf(kind: Kind, random: Random): Pick<SkuPlan, 'goods' | 'verdict' | 'reason'> {
  if (kind === 'incomplete') {
    return { goods: random.pick(eligibleGoods), verdict: 'incomplete', reason: gaps[random.pick(gapNames)] };
  }
  const lists: Readonly<Record<Exclude<Kind, 'incomplete'>, readonly Goods[]>> = {
    eligible: eligibleGoods,
    banned_somewhere: bannedGoods,
    restricted: restrictedGoods,
    prohibited: prohibitedGoods,
  };
  const goods = random.pick(lists[kind]);
  return { goods, verdict: goods.verdict, reason: goods.reason };
}

export function planSkus(owner: Owner, random: Random): readonly SkuPlan[] {
  return Array.from({ length: countOf(owner, random) }, (_, no): SkuPlan => {
    // The first SKUs are sound and stand on the first template, so that everyone has something to sell.
    const sound = no < 3;
    const { goods, verdict, reason } = goodsOf(sound ? 'eligible' : random.weighted(kinds), random);
    return {
      code: codeOf(owner.tag, no, random),
      template: sound ? 0 : random.int(0, owner.templates - 1),
      goods,
      verdict,
      reason,
      grams: random.int(...goods.grams),
      cents: random.int(...goods.cents),
      origin: goods.origin ?? random.pick(origins),
    };
  });
}

/** What the producer says of the SKU; null where it has said nothing. Whatever makes the verdict `incomplete` is left out. */
export function exportDataOf(sku: SkuPlan): ExportDataRecord | null {
  const { goods, reason, grams, cents, origin } = sku;
  if (reason === gaps.everything) return null;
  return {
    category: goods.category,
    ...(reason !== gaps.hsCode && { hsCode: goods.hs }),
    ...(reason !== gaps.originCountry && { originCountry: origin }),
    ...(reason !== gaps.weightGrams && { weightGrams: grams }),
    ...(reason !== gaps.value && { value: { minor: cents, currency: 'USD' as const } }),
    ...(goods.dangerousGoods && { dangerousGoods: goods.dangerousGoods }),
  };
}
