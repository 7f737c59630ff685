import type { OrderRow } from '@ge/database';
import {
  type Enrollment,
  indexTemplates,
  type RegionSetting,
  type Seller,
  type SellerId,
  type Sku,
  type TemplateIndex,
} from '@ge/domain';
import type { AddressRow, Baseline, SkuRow, TemplateRow } from './baseline.ts';

/** What one seller has, by key, and as far as it matters to the rules. */
export interface SellerState {
  seller: Seller;
  readonly addresses: readonly AddressRow[];
  readonly templates: Map<string, TemplateRow>;
  readonly skus: Map<string, SkuRow>;
  readonly orders: Map<string, OrderRow>;
  setting: RegionSetting | null;
  enrollment: Enrollment | null;
}

/** The rows of a baseline by seller, so that a command costs what its own seller has and not what all have. */
export class ProgrammeState {
  readonly #sellers: Map<string, SellerState>;
  readonly #indexes = new Map<string, TemplateIndex>();

  constructor(baseline: Baseline) {
    const addresses = Map.groupBy(baseline.addresses, ({ sellerId }) => sellerId);
    this.#sellers = new Map(
      baseline.sellers.map((seller) => [
        seller.id,
        {
          seller,
          addresses: addresses.get(seller.id) ?? [],
          templates: new Map(),
          skus: new Map(),
          orders: new Map(),
          setting: null,
          enrollment: null,
        },
      ]),
    );
    for (const template of baseline.templates) this.of(template.sellerId).templates.set(template.id, template);
    for (const sku of baseline.skus) this.of(sku.sellerId).skus.set(sku.sku, sku);
    for (const setting of baseline.settings ?? []) this.of(setting.sellerId).setting = setting;
    for (const enrollment of baseline.enrollments ?? []) this.of(enrollment.sellerId).enrollment = enrollment;
    for (const order of baseline.orders) this.of(order.sellerId).orders.set(order.id, order);
  }

  get sellers(): Iterable<SellerState> {
    return this.#sellers.values();
  }

  /** Throws where the baseline does not hold the seller. */
  of(seller: string): SellerState {
    const state = this.#sellers.get(seller);
    if (!state) throw new Error(`the baseline does not hold seller ${seller}`);
    return state;
  }

  putTemplate(row: TemplateRow): void {
    const { templates } = this.of(row.sellerId);
    const before = templates.get(row.id);
    templates.set(row.id, row);
    // All that names and exports depend on; the index is dear to make, and most changes leave it as it is.
    if (before?.name !== row.name || before.geState !== row.geState) this.#indexes.delete(row.sellerId);
  }

  putSku(seller: string, sku: Sku): void {
    const { skus } = this.of(seller);
    skus.set(sku.sku, { ...skus.get(sku.sku)!, ...sku });
  }

  indexOf(id: SellerId): TemplateIndex {
    const known = this.#indexes.get(id);
    if (known) return known;
    const made = indexTemplates([...this.of(id).templates.values()]);
    this.#indexes.set(id, made);
    return made;
  }
}
