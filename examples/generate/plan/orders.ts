import {
  embargoedParts,
  embargoedPlaces,
  furtherPlaces,
  openPlaces,
  type PlaceAbroad,
  suspendedPlace,
} from '../data/abroad.ts';
import type { Random } from '../random.ts';
import { templatesAfter } from './assignmentRows.ts';
import type { FeedPlan } from './feeds.ts';
import { type LineWish, OrderDesk, type OrderPlan } from './orderDesk.ts';
import { exclusionsBySeller, type RegionChoice } from './regions.ts';
import { type Shelf, shelfOf } from './shelf.ts';
import { type SellerPlan, type SkuPlan, trades, type Wanted } from './world.ts';

export interface OrderFacts {
  readonly sellers: readonly SellerPlan[];
  readonly regions: readonly RegionChoice[];
  readonly loader: FeedPlan;
}

/** Countries of `furtherPlaces` whose carriers ask the buyer for an identity number. */
const identityCountries: ReadonlySet<string> = new Set(['BR', 'CN', 'IN']);

const taken = (sku: SkuPlan): LineWish => ({ sku, refusedWith: null });
const refused = (sku: SkuPlan | null, refusedWith: string): LineWish => ({ sku, refusedWith });

class Market {
  readonly #random: Random;
  readonly #desk: OrderDesk;
  readonly #excluded: ReadonlyMap<SellerPlan, ReadonlySet<string>>;
  readonly #shelves: readonly Shelf[];

  constructor({ sellers, regions }: OrderFacts, desk: OrderDesk, random: Random) {
    this.#random = random;
    this.#desk = desk;
    this.#excluded = exclusionsBySeller(regions);
    const open = sellers.filter(({ role }) => role === 'crowd' || role === 'drift' || role === 'many_templates');
    this.#shelves = open
      .filter(trades)
      .map((seller) => shelfOf(seller, (index) => seller.skus[index]!.template))
      .filter(({ sellable }) => sellable.length > 0);
  }

  #excludes = (shelf: Shelf, place: PlaceAbroad): boolean =>
    this.#excluded.get(shelf.seller)?.has(place.country) ?? false;

  #shelf(place: PlaceAbroad, fits: (shelf: Shelf) => boolean = () => true): Shelf {
    return this.#random.pick(this.#shelves.filter((shelf) => !this.#excludes(shelf, place) && fits(shelf)));
  }

  #goodLines(shelf: Shelf, most = 3): LineWish[] {
    const some = this.#random.shuffle([...shelf.sellable]).slice(0, this.#random.int(1, most));
    return some.map(taken);
  }

  sale(place: PlaceAbroad, purpose: OrderPlan['purpose'], phase?: OrderPlan['record']['phase']): void {
    const shelf = this.#shelf(place);
    const { seller } = shelf;
    this.#desk.abroad({ seller, place, purpose, lines: this.#goodLines(shelf), ...(phase && { phase }) });
  }

  /** A line that is refused for the SKU's sake, and where: somewhere it would be allowed but for that. */
  #badLine(kind: 'banned' | 'not_eligible' | 'without_ge' | 'unknown'): {
    shelf: Shelf;
    place: PlaceAbroad;
    line: LineWish;
  } {
    const random = this.#random;
    if (kind === 'banned') {
      const places = [...openPlaces, ...furtherPlaces];
      const place = random.pick(
        places.filter(({ country }) => ['IN', 'MX', 'AE', 'CN', 'DE', 'GB', 'SE'].includes(country)),
      );
      const bans = (sku: SkuPlan) => sku.goods.bannedIn.includes(place.country);
      const shelf = this.#shelf(place, ({ bannedSomewhere }) => bannedSomewhere.some(bans));
      return {
        shelf,
        place,
        line: refused(random.pick(shelf.bannedSomewhere.filter(bans)), 'product.banned_at_destination'),
      };
    }
    const place = random.pick(openPlaces);
    if (kind === 'unknown') return { shelf: this.#shelf(place), place, line: refused(null, 'order.sku_unknown') };
    if (kind === 'without_ge') {
      const shelf = this.#shelf(place, ({ withoutGe }) => withoutGe.length > 0);
      return { shelf, place, line: refused(random.pick(shelf.withoutGe), 'template.not_exporting') };
    }
    const shelf = this.#shelf(place, ({ notEligible }) => notEligible.length > 0);
    const sku = random.pick(shelf.notEligible);
    return { shelf, place, line: refused(sku, sku.reason!) };
  }

  withRefusedLine(kind: 'banned' | 'not_eligible' | 'without_ge' | 'unknown'): void {
    const { shelf, place, line } = this.#badLine(kind);
    const lines = this.#random.shuffle([...this.#goodLines(shelf, 2), line]);
    this.#desk.abroad({ seller: shelf.seller, place, purpose: 'sale_with_refused_line', lines });
  }

  refusedLineAlone(kind: 'banned' | 'not_eligible' | 'without_ge' | 'unknown'): void {
    const { shelf, place, line } = this.#badLine(kind);
    this.#desk.abroad({ seller: shelf.seller, place, purpose: 'refused', lines: [line] });
  }

  excluded(): void {
    const places = [...openPlaces, ...furtherPlaces];
    const pairs = this.#shelves.flatMap((shelf) =>
      places.filter((place) => this.#excludes(shelf, place)).map((place) => ({ shelf, place })),
    );
    const { shelf, place } = this.#random.pick(pairs);
    const lines = this.#goodLines(shelf, 2).map(({ sku }) => refused(sku, 'template.destination_excluded'));
    this.#desk.abroad({ seller: shelf.seller, place, purpose: 'refused', lines });
  }

  embargoed(place: PlaceAbroad): void {
    const shelf = this.#shelf(place);
    const lines = this.#goodLines(shelf, 2).map(({ sku }) => refused(sku, 'destination.embargoed'));
    this.#desk.abroad({ seller: shelf.seller, place, purpose: 'refused', lines });
  }

  embargoedPart(place: PlaceAbroad): void {
    const shelf = this.#shelf(place);
    const lines = this.#goodLines(shelf, 1);
    this.#desk.abroad({ seller: shelf.seller, place, purpose: 'refused', lines, refusedWith: 'order.place_embargoed' });
  }

  whileSuspended(): void {
    const shelf = this.#shelf(suspendedPlace);
    const lines = this.#goodLines(shelf, 2).map(({ sku }) => refused(sku, 'template.destination_suspended'));
    this.#desk.abroad({
      seller: shelf.seller,
      place: suspendedPlace,
      purpose: 'refused',
      lines,
      phase: 'while_suspended',
    });
  }

  domestic(): void {
    const { seller, sellable } = this.#random.pick(this.#shelves);
    this.#desk.domestic(seller, this.#random.shuffle([...sellable]).slice(0, this.#random.int(1, 3)));
  }
}

const times = (count: number, act: (turn: number) => void): void => {
  for (let turn = 0; turn < count; turn += 1) act(turn);
};

/** Orders of the seller whose SKUs the feed has moved, off export and into it, or deleted. */
function afterTheFeed({ seller, rows }: FeedPlan, desk: OrderDesk, random: Random): void {
  const after = templatesAfter(seller, rows);
  const shelf = shelfOf(seller, (index) => after[index]!);
  const moved = new Set(rows.filter(({ kind }) => kind === 'move').map(({ sku }) => seller.skus[sku]!));
  const off = new Set(
    rows.filter(({ kind }) => kind === 'move_to_template_without_ge').map(({ sku }) => seller.skus[sku]!),
  );
  const deleted = seller.skus.filter((_, index) => after[index] === -1);
  const place = () => random.pick(openPlaces);
  const sold = shelf.sellable.filter((sku) => moved.has(sku));
  const kept = shelf.withoutGe.filter((sku) => off.has(sku));
  times(4, () => {
    desk.abroad({ seller, place: place(), purpose: 'sale', lines: [taken(random.pick(sold))] });
  });
  times(3, () => {
    const lines = [refused(random.pick(kept), 'template.not_exporting')];
    desk.abroad({ seller, place: place(), purpose: 'refused', lines });
  });
  times(2, () => {
    const lines = [taken(random.pick(sold)), refused(random.pick(deleted), 'order.sku_unknown')];
    desk.abroad({ seller, place: place(), purpose: 'sale_with_refused_line', lines });
  });
}

/** Every order of the story, in the order in which they come in. */
export function planOrders(facts: OrderFacts, wanted: Wanted, random: Random): readonly OrderPlan[] {
  const desk = new OrderDesk(random.fork('desk'));
  const market = new Market(facts, desk, random);
  const scaled = (count: number) => Math.max(2, Math.round((count * wanted.sellers) / 300));
  const open = () => random.pick(openPlaces);
  times(scaled(70), () => market.sale(open(), 'sale'));
  times(6, (turn) =>
    market.sale(furtherPlaces.filter(({ country }) => identityCountries.has(country))[turn % 3]!, 'identity_country'),
  );
  for (const kind of ['banned', 'not_eligible', 'without_ge', 'unknown'] as const) {
    times(scaled(5), () => market.withRefusedLine(kind));
    times(scaled(3), () => market.refusedLineAlone(kind));
  }
  times(scaled(10), () => market.excluded());
  times(6, (turn) => market.embargoed(embargoedPlaces[turn % embargoedPlaces.length]!));
  for (const place of embargoedParts) market.embargoedPart(place);
  times(scaled(12), () => market.sale(suspendedPlace, 'to_suspended'));
  times(scaled(40), () => market.domestic());
  afterTheFeed(facts.loader, desk, random);

  for (const seller of facts.sellers.filter(({ role }) => role === 'leaver')) {
    const { sellable } = shelfOf(seller, (index) => seller.skus[index]!.template);
    times(random.int(2, 4), () => {
      desk.abroad({ seller, place: open(), purpose: 'leaver_pending', lines: [taken(random.pick(sellable))] });
    });
    desk.abroad({ seller, place: open(), purpose: 'sale', lines: [taken(random.pick(sellable))] });
  }

  const confirmer = facts.sellers.find(({ role }) => role === 'confirmer')!;
  const { sellable } = shelfOf(confirmer, (index) => confirmer.skus[index]!.template);
  const two = () => random.shuffle([...sellable]).slice(0, 2);
  times(6, () => desk.abroad({ seller: confirmer, place: open(), purpose: 'sale', lines: two().map(taken) }));
  times(8, () =>
    desk.abroad({ seller: confirmer, place: open(), purpose: 'confirmer_pending', lines: two().map(taken) }),
  );
  times(60, () => desk.domestic(confirmer, two()));

  times(scaled(4), () => market.whileSuspended());
  times(2, () => market.sale(openPlaces[1]!, 'sale', 'while_suspended'));
  times(3, () => market.sale(suspendedPlace, 'to_suspended', 'after_lifting'));
  return desk.orders;
}

/** GE orders that get a label in the course of trading: sold, to a country that asks for nothing more. */
export const labelled = ({ purpose, refusedWith, record }: OrderPlan): boolean =>
  refusedWith === null && record.phase === 'trading' && (purpose === 'sale' || purpose === 'sale_with_refused_line');
