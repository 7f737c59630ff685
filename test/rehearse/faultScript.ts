import { Random } from '@ge/load';

/** The carriers of the simulator, as its book names them. */
export const carrierNames = ['express', 'parcel', 'easypost'] as const;
export type CarrierName = (typeof carrierNames)[number];

type Effect = { readonly kind: string } & Readonly<Record<string, unknown>>;
type Draw = readonly [share: number, effect: Effect];

/** What a look-up at a carrier may tell, and what its keys are good for; the two differ, as real carriers do. */
export interface CarrierAbility {
  readonly idempotencyKey: boolean;
  readonly lookUp: boolean;
}

export interface FaultPlan {
  /** For `POST /faults` of the simulator. */
  readonly script: { readonly lotteries: readonly object[] };
  /** Those that are bought from. */
  readonly carriers: readonly CarrierName[];
  readonly abilities: Readonly<Record<CarrierName, CarrierAbility>>;
}

/** Effects on a purchase after which nobody here can know what came of it. */
export const answerLost: ReadonlySet<string> = new Set([
  'error_before',
  'error_after',
  'no_answer_before',
  'no_answer_after',
  'connection_lost_before',
  'connection_lost_after',
  'late_charge',
  'ok_without_label',
  'label_damaged',
  'not_json',
]);

const onPurchases: readonly Draw[] = [
  [0.01, { kind: 'error_before' }],
  [0.02, { kind: 'error_after' }],
  [0.01, { kind: 'no_answer_before' }],
  [0.02, { kind: 'no_answer_after' }],
  [0.02, { kind: 'connection_lost_before' }],
  [0.03, { kind: 'connection_lost_after' }],
  [0.02, { kind: 'late_charge', afterMs: 700 }],
  [0.02, { kind: 'ok_without_label' }],
  [0.01, { kind: 'label_damaged' }],
  [0.01, { kind: 'not_json' }],
  [0.01, { kind: 'rate_limited', retryAfterSeconds: 1 }],
  [0.05, { kind: 'latency', ms: 250 }],
  [0.02, { kind: 'slow_answer', ms: 150 }],
];

const onQuestions: readonly Draw[] = [
  [0.05, { kind: 'error_after' }],
  [0.02, { kind: 'no_answer_before' }],
  [0.05, { kind: 'connection_lost_after' }],
  [0.01, { kind: 'rate_limited', retryAfterSeconds: 1 }],
  [0.02, { kind: 'label_damaged' }],
];

const abilitiesOfParcel: readonly CarrierAbility[] = [
  { idempotencyKey: false, lookUp: true },
  { idempotencyKey: true, lookUp: false },
  { idempotencyKey: false, lookUp: false },
];

/** What goes wrong at the carriers by this seed: shares as they stand here, up to twice as many of them. */
export function faultPlan(seed: number, carriers: readonly CarrierName[] = carrierNames): FaultPlan {
  const random = new Random(seed);
  const worse = 1 + random.unit();
  const lottery = (operation: string, draws: readonly Draw[]) => ({
    operation,
    seed: `${seed} ${operation}`,
    draws: draws.map(([share, effect]) => ({ share: share * worse, effect })),
  });
  return {
    script: {
      lotteries: [
        lottery('buy', onPurchases),
        ...['quote', 'look_up', 'void'].map((operation) => lottery(operation, onQuestions)),
      ],
    },
    carriers,
    abilities: {
      express: { idempotencyKey: true, lookUp: true },
      parcel: abilitiesOfParcel[seed % abilitiesOfParcel.length]!,
      easypost: { idempotencyKey: false, lookUp: true },
    },
  };
}

/** Carriers of a plan that take neither keys nor look-ups. */
export const silentOf = ({ carriers, abilities }: FaultPlan): readonly CarrierName[] =>
  carriers.filter((carrier) => !abilities[carrier].idempotencyKey && !abilities[carrier].lookUp);
