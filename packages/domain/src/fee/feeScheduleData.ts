import { money } from '../money/money.ts';
import type { DestinationCode } from '../region/destination.ts';
import type { PriceBandedFee } from './feeModel.ts';
import type { FeeSchedule, FeeZone, ZoneId } from './feeSchedule.ts';

const usd = (cents: number) => money(cents, 'USD');

/** Three bands: orders to 50.00, to 150.00, and above. */
const banded = (small: number, medium: number, large: number): PriceBandedFee => ({
  kind: 'price_banded',
  bands: [
    { from: usd(0), upTo: usd(50_00), fee: usd(small) },
    { from: usd(50_01), upTo: usd(150_00), fee: usd(medium) },
    { from: usd(150_01), upTo: null, fee: usd(large) },
  ],
});

interface ZoneAmounts {
  readonly perShipment: number;
  readonly perKg: number;
  readonly bands: readonly [number, number, number];
}

const zone = (id: ZoneId, en: string, zh: string, destinations: string, amounts: ZoneAmounts): FeeZone => ({
  zone: id,
  en,
  zh,
  destinations: destinations.split(' ') as readonly string[] as readonly DestinationCode[],
  perShipment: usd(amounts.perShipment),
  perKg: usd(amounts.perKg),
  priceBanded: banded(...amounts.bands),
});

/** Every version of the programme's fee schedule, oldest first. A version in use is never changed: add a new one. */
export const feeSchedules: readonly FeeSchedule[] = [
  {
    version: 1,
    effectiveFrom: '2026-01-01',
    currency: 'USD',
    zones: [
      zone('Z1', 'Canada and Mexico', '加拿大和墨西哥', 'CA MX', {
        perShipment: 9_00,
        perKg: 4_00,
        bands: [13_00, 9_00, 6_00],
      }),
      zone('Z2', 'Europe', '欧洲', 'M49-039 M49-154 M49-155 BG CZ HU PL RO SK', {
        perShipment: 12_00,
        perKg: 6_50,
        bands: [19_00, 14_00, 9_00],
      }),
      zone('Z3', 'East Asia and the Pacific rim', '东亚和环太平洋', 'M49-030 M49-035 M49-053', {
        perShipment: 14_00,
        perKg: 7_50,
        bands: [22_00, 16_00, 11_00],
      }),
      zone(
        'Z4',
        'Latin America, the Caribbean and the North Atlantic',
        '拉丁美洲、加勒比和北大西洋',
        'M49-419 M49-021',
        {
          perShipment: 15_00,
          perKg: 8_00,
          bands: [24_00, 18_00, 13_00],
        },
      ),
      zone('Z5', 'Western Asia and the east of Europe', '西亚和东欧', 'M49-145 M49-151', {
        perShipment: 16_00,
        perKg: 9_00,
        bands: [26_00, 20_00, 15_00],
      }),
      zone(
        'Z6',
        'Africa, Central and Southern Asia, Oceania',
        '非洲、中亚、南亚和大洋洲',
        'M49-002 M49-034 M49-143 M49-009',
        {
          perShipment: 19_00,
          perKg: 11_00,
          bands: [31_00, 25_00, 20_00],
        },
      ),
    ],
  },
];
