import type { HouseName } from './shipment.ts';
import type { Zone } from './zones.ts';

type ByZone<T> = Readonly<Partial<Record<Zone, T>>>;

/** One product of a carrier. A zone without a price is not served. */
export interface CarrierService {
  readonly carrier: HouseName;
  readonly code: string;
  readonly name: string;
  readonly maxWeightGrams: number;
  readonly maxSideMm: number;
  readonly maxDeclaredMinor: number;
  readonly acceptsPoBox: boolean;
  readonly isTracked: boolean;
  readonly clearsDutyPaid: boolean;
  /** Cents for the first half kilogram and for each further one. */
  readonly price: ByZone<readonly [base: number, step: number]>;
  /** Working days to delivery, earliest and latest. */
  readonly days: ByZone<readonly [earliest: number, latest: number]>;
}

const fast = { acceptsPoBox: false, isTracked: true, maxDeclaredMinor: 500_000_00 } as const;

export const carrierServices: readonly CarrierService[] = [
  {
    ...fast,
    carrier: 'express',
    code: 'P',
    name: 'EXPRESS WORLDWIDE',
    maxWeightGrams: 70_000,
    maxSideMm: 1_200,
    clearsDutyPaid: true,
    price: { 1: [3_150, 410], 2: [4_220, 560], 3: [4_890, 640], 4: [4_640, 690], 5: [5_120, 820], 6: [6_480, 1_050] },
    days: { 1: [1, 2], 2: [2, 3], 3: [2, 4], 4: [3, 4], 5: [2, 5], 6: [4, 7] },
  },
  {
    ...fast,
    carrier: 'express',
    code: 'Y',
    name: 'EXPRESS 12:00',
    maxWeightGrams: 30_000,
    maxSideMm: 1_200,
    clearsDutyPaid: true,
    price: { 1: [4_050, 470], 2: [5_480, 650], 4: [6_110, 790] },
    days: { 1: [1, 1], 2: [2, 2], 4: [2, 3] },
  },
  {
    ...fast,
    carrier: 'express',
    code: 'H',
    name: 'ECONOMY SELECT',
    maxWeightGrams: 70_000,
    maxSideMm: 1_200,
    clearsDutyPaid: false,
    price: { 1: [2_140, 260], 2: [2_990, 350], 3: [3_380, 400] },
    days: { 1: [4, 6], 2: [5, 8], 3: [6, 9] },
  },
  {
    ...fast,
    carrier: 'parcel',
    code: 'IPP',
    name: 'I-PARCEL PREFERRED',
    maxWeightGrams: 20_000,
    maxSideMm: 990,
    maxDeclaredMinor: 5_000_00,
    clearsDutyPaid: true,
    price: { 1: [1_480, 290], 2: [1_860, 380], 3: [2_140, 420], 4: [2_090, 460], 5: [2_780, 590] },
    days: { 1: [3, 5], 2: [3, 6], 3: [4, 8], 4: [4, 7], 5: [5, 10] },
  },
  {
    ...fast,
    carrier: 'parcel',
    code: 'IPS',
    name: 'I-PARCEL SELECT',
    maxWeightGrams: 20_000,
    maxSideMm: 990,
    maxDeclaredMinor: 5_000_00,
    clearsDutyPaid: true,
    price: { 1: [1_090, 240], 2: [1_390, 310], 3: [1_620, 350], 4: [1_580, 370], 5: [2_150, 480], 6: [3_240, 720] },
    days: { 1: [5, 9], 2: [6, 11], 3: [7, 13], 4: [6, 12], 5: [8, 16], 6: [9, 18] },
  },
  {
    carrier: 'parcel',
    code: 'IPL',
    name: 'I-PARCEL POST LITE',
    maxWeightGrams: 2_000,
    maxSideMm: 600,
    maxDeclaredMinor: 400_00,
    acceptsPoBox: true,
    isTracked: false,
    clearsDutyPaid: true,
    price: { 1: [720, 190], 2: [890, 230], 3: [990, 260], 4: [960, 260], 5: [1_180, 320], 6: [1_490, 410] },
    days: { 1: [6, 14], 2: [8, 18], 3: [9, 21], 4: [8, 20], 5: [12, 30], 6: [14, 35] },
  },
];

/** The name of a service, whoever sells it; its code where there is no such service. */
export const serviceNamed = (code: string): string =>
  carrierServices.find((service) => service.code === code)?.name ?? code;
