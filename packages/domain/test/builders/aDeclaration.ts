import type { AddressId, CalendarDate, ShipmentDeclaration } from '../../src/index.ts';

/** Two shirts from the seller's first address. */
export const aDeclaration: ShipmentDeclaration = {
  shipFromId: 'adr_1' as AddressId,
  shipDate: '2026-03-04' as CalendarDate,
  lines: [
    {
      description: 'Cotton shirt',
      hsCode: '620520',
      originCountry: 'VN',
      quantity: 2,
      unitValue: { minor: 25_99, currency: 'USD' },
      unitWeightGrams: 250,
    },
  ],
  exportFiling: 'NO EEI 30.37(a)',
};
