import type { Random } from '../random.ts';
import type { Amount, DomesticRecord } from '../records.ts';

const usd = (minor: number): Amount => ({ minor, currency: 'USD' });

type Fee = Readonly<Record<string, unknown>>;

const perItem = (first: number, each: number): Fee => ({
  kind: 'per_item',
  perShipment: usd(first),
  perItem: usd(each),
});

const perPound = (first: number, each: number): Fee => ({
  kind: 'per_weight',
  perShipment: usd(first),
  perUnit: usd(each),
  unit: 'lb',
});

/** Charged below the threshold, free from it on. */
const banded = (fee: number, freeFrom: number): Fee => ({
  kind: 'price_banded',
  bands: [
    { from: usd(0), upTo: usd(freeFrom - 1), fee: usd(fee) },
    { from: usd(freeFrom), upTo: null, fee: usd(0) },
  ],
});

const level = (name: string, min: number, max: number, fee: Fee) => ({ level: name, transitDays: { min, max }, fee });

/** Sound domestic settings: standard shipping always, one rate model for the whole template. */
export function domesticShipping(random: Random): DomesticRecord {
  const expedited = random.chance(0.3);
  switch (random.weighted({ item: 5, weight: 2, band: 3 })) {
    case 'item': {
      const free = random.chance(0.15) ? [level('free_economy', 5, 10, perItem(0, 0))] : [];
      const standard = level('standard', 4, 8, perItem(random.int(2, 8) * 100, random.int(1, 6) * 50));
      return {
        serviceLevels: [standard, ...free, ...(expedited ? [level('expedited', 2, 4, perItem(1299, 250))] : [])],
      };
    }
    case 'weight': {
      const standard = level('standard', 4, 10, perPound(400, random.int(1, 3) * 50));
      return { serviceLevels: [standard, ...(expedited ? [level('two_day', 1, 2, perPound(1499, 150))] : [])] };
    }
    case 'band': {
      const standard = level('standard', 3, 6, banded(random.int(4, 9) * 100 + 99, random.pick([2500, 3500, 5000])));
      return { serviceLevels: [standard, ...(expedited ? [level('expedited', 2, 3, banded(1499, 15_000))] : [])] };
    }
  }
}
