import type { PlaceAbroad } from '../data/abroad.ts';
import { streets, usPlaces } from '../data/usPlaces.ts';
import type { Random } from '../random.ts';
import type { OrderLineRecord, OrderPhase, OrderRecord } from '../records.ts';
import type { SellerPlan, SkuPlan } from './world.ts';

/** What an order was made for; the steps after it pick their orders by this. */
export type OrderPurpose =
  | 'sale'
  | 'sale_with_refused_line'
  | 'refused'
  | 'identity_country'
  | 'to_suspended'
  | 'leaver_pending'
  | 'confirmer_pending'
  | 'domestic';

export interface LinePlan {
  readonly record: OrderLineRecord;
  readonly grams: number;
  /** Code the line is refused with; null when it is taken. */
  readonly refusedWith: string | null;
}

export interface OrderPlan {
  readonly record: OrderRecord;
  readonly seller: SellerPlan;
  readonly purpose: OrderPurpose;
  readonly lines: readonly LinePlan[];
  /** Code that the order as a whole is refused with; null when it is taken. */
  readonly refusedWith: string | null;
}

export interface LineWish {
  /** null: a SKU the seller does not have. */
  readonly sku: SkuPlan | null;
  readonly refusedWith: string | null;
}

export interface OrderWish {
  readonly seller: SellerPlan;
  readonly place: PlaceAbroad;
  readonly purpose: OrderPurpose;
  readonly lines: readonly LineWish[];
  readonly phase?: OrderPhase;
  /** For what refuses the order before its lines are looked at. */
  readonly refusedWith?: string;
}

/** Writes orders with ids of their own, buyers and amounts. */
export class OrderDesk {
  readonly #random: Random;
  readonly orders: OrderPlan[] = [];
  #lines = 0;

  constructor(random: Random) {
    this.#random = random;
  }

  #line({ sku, refusedWith }: LineWish): LinePlan {
    this.#lines += 1;
    const record: OrderLineRecord = {
      lineId: `5${String(this.#lines).padStart(13, '0')}`,
      sku: sku?.code ?? `NEVER-LISTED-${this.#lines}`,
      quantity: this.#random.int(1, 3),
      unitPrice: { minor: sku?.cents ?? 1999, currency: 'USD' },
    };
    return { record, grams: sku?.grams ?? 100, refusedWith };
  }

  #orderId(): string {
    const part = (digits: number) => String(this.#random.int(0, 10 ** digits - 1)).padStart(digits, '0');
    return `11${this.#random.int(1, 4)}-${part(7)}-${String(this.orders.length + 1).padStart(4, '0')}${part(3)}`;
  }

  /** A Global Express order. With every line refused it is refused as a whole. */
  abroad(wish: OrderWish): OrderPlan {
    const { seller, place, purpose, phase = 'trading' } = wish;
    const lines = wish.lines.map((line) => this.#line(line));
    const { city, state, postalCode, country, phone } = place;
    const total = lines.reduce((sum, { record }) => sum + record.unitPrice.minor * record.quantity, 0);
    const record: OrderRecord = {
      phase,
      sellerId: seller.id,
      id: this.#orderId(),
      isGlobalExpress: true,
      destination: country,
      shipTo: {
        name: this.#random.pick(place.names),
        line1: this.#random.pick(place.streets),
        city,
        ...(state !== undefined && { state }),
        ...(postalCode !== undefined && { postalCode }),
        country,
        phone,
        email: `buyer-${this.orders.length + 1}@buyers.example.com`,
      },
      lines: lines.map((line) => line.record),
      handlingDays: this.#random.int(1, 3),
      importFeeDeposit: { minor: Math.round(total * 0.22), currency: 'USD' },
    };
    const all = lines.every((line) => line.refusedWith !== null) ? 'order.all_lines_refused' : null;
    return this.#keep({ record, seller, purpose, lines, refusedWith: wish.refusedWith ?? all });
  }

  /** A domestic order; its lines are taken as they are. */
  domestic(seller: SellerPlan, skus: readonly SkuPlan[]): OrderPlan {
    const lines = skus.map((sku) => this.#line({ sku, refusedWith: null }));
    const { city, state, zip } = this.#random.pick(usPlaces);
    const record: OrderRecord = {
      phase: 'trading',
      sellerId: seller.id,
      id: this.#orderId(),
      isGlobalExpress: false,
      destination: 'US',
      shipTo: {
        name: this.#random.pick(['Jordan Sample', 'Casey Example', 'Riley Specimen', 'Morgan Placeholder']),
        line1: `${this.#random.int(10, 990)} ${this.#random.pick(streets)}`,
        city,
        state,
        postalCode: zip,
        country: 'US',
        email: `buyer-${this.orders.length + 1}@buyers.example.com`,
      },
      lines: lines.map((line) => line.record),
      handlingDays: this.#random.int(0, 2),
      importFeeDeposit: null,
    };
    return this.#keep({ record, seller, purpose: 'domestic', lines, refusedWith: null });
  }

  #keep(plan: OrderPlan): OrderPlan {
    this.orders.push(plan);
    return plan;
  }
}
