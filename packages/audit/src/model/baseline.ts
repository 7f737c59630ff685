import type { OrderRow, RowOf, SellerAddressEntity, SellerRow, ShippingTemplateEntity, SkuEntity } from '@ge/database';
import type { Enrollment, RegionSetting } from '@ge/domain';

export type SkuRow = RowOf<typeof SkuEntity>;
export type TemplateRow = RowOf<typeof ShippingTemplateEntity>;
export type AddressRow = RowOf<typeof SellerAddressEntity>;

/** Everything that is there of some sellers before the first command, as rows. */
export interface Baseline {
  readonly sellers: readonly SellerRow[];
  readonly addresses: readonly AddressRow[];
  readonly templates: readonly TemplateRow[];
  readonly skus: readonly SkuRow[];
  readonly orders: readonly OrderRow[];
  /** The newest region setting of each seller that has one. */
  readonly settings?: readonly RegionSetting[];
  readonly enrollments?: readonly Enrollment[];
}
