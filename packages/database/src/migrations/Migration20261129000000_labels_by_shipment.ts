import { Migration } from '@mikro-orm/migrations';

/** Labels by the shipment that their offer was made for: how a reseller's statement names them. */
export class Migration20261129000000_labels_by_shipment extends Migration {
  override name = 'Migration20261129000000_labels_by_shipment';

  override up(): void | Promise<void> {
    this.addSql(
      `create index "label_purchases_offered_shipment" on "label_purchases" (split_part(offer_token, '.', 1)) where offer_token like 'shp\\_%';`,
    );
  }

  override down(): void | Promise<void> {
    this.addSql(`drop index "label_purchases_offered_shipment";`);
  }
}
