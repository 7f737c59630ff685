import type { DomesticShipping, SellerId, TemplateId } from '@ge/domain';

/** The sellers of a flood, whoever made them, with what commands have to name. */
export interface Market {
  readonly sellers: readonly SellerId[];
  /** A template that nothing is sold from, for whoever switches some off and on; the `no`-th of them, in turn. */
  spareTemplate(seller: SellerId, no: number): TemplateId;
  /** Of an order of the flood; the `no`-th. */
  orderId(no: number): string;
}

/** What each seller of a flood has. The first templates are those that orders are placed on. */
export const templatesEach = 6;
export const skusEach = 40;
export const sellingTemplates = 3;

export const templateName = (no: number) => `Template ${no}`;
export const skuCode = (seller: string, no: number) => `${seller}-K${no}`;
/** SKUs that orders are for; nobody moves them. */
export const soldSku = (seller: string, no: number) => skuCode(seller, no % 10);
/** SKUs that are moved about. */
export const movedSku = (seller: string, no: number) => skuCode(seller, 10 + (no % (skusEach - 10)));
/** Which of a seller's templates is the `no`-th spare one. */
export const spareNo = (no: number): number => sellingTemplates + (no % (templatesEach - sellingTemplates));

export const address = {
  name: 'Cascade Outfitters',
  line1: '410 Terry Ave N',
  city: 'Seattle',
  state: 'WA',
  postalCode: '98109',
  country: 'US',
  phone: '+1 206 555 0100',
};

export const domesticShipping = (perItem: number): DomesticShipping => ({
  serviceLevels: [
    {
      level: 'standard',
      transitDays: { min: 4, max: 8 },
      fee: {
        kind: 'per_item',
        perShipment: { minor: 400, currency: 'USD' },
        perItem: { minor: perItem, currency: 'USD' },
      },
    },
  ],
});

export const exportData = {
  category: 'apparel',
  hsCode: '6205.20',
  originCountry: 'VN',
  weightGrams: 250,
  value: { minor: 19_99, currency: 'USD' },
} as const;

/** As a marketplace numbers its orders; `run` keeps those of one flood apart from those of another. */
export const orderIdOf = (run: number, no: number): string =>
  `901-${String(run).padStart(7, '0')}-${String(no).padStart(7, '0')}`;
