import type { FaultEffect, FaultScriptInput } from '@ge/carrier-simulator';

/** As the simulator names them; `easypost` resells the other two. */
export const carrierNames = ['express', 'parcel', 'easypost'] as const;
export type CarrierName = (typeof carrierNames)[number];

/** What a preset may be told beside its name; times in milliseconds. */
export interface PresetSettings {
  readonly seed: string;
  readonly carrier?: CarrierName | undefined;
  /** Of windows. */
  readonly forMs?: number | undefined;
  /** Of windows that come back. */
  readonly everyMs?: number | undefined;
}

interface Preset {
  readonly means: string;
  readonly isTimed?: true;
  script(settings: PresetSettings): FaultScriptInput;
}

type Draws = readonly (readonly [share: number, effect: FaultEffect])[];

const byLot = ({ seed, carrier }: PresetSettings, operation: 'buy' | 'look_up' | 'void', draws: Draws) => ({
  operation,
  seed,
  ...(carrier && { carrier }),
  draws: draws.map(([share, effect]) => ({ share, effect })),
});

const window = (
  { seed, carrier, forMs, everyMs }: PresetSettings,
  effect: NonNullable<FaultScriptInput['windows']>[number]['effect'],
  usual: { readonly forMs: number; readonly everyMs?: number },
): FaultScriptInput => {
  const every = everyMs ?? usual.everyMs;
  return {
    windows: [
      {
        effect,
        forMs: forMs ?? usual.forMs,
        ...(carrier && { carrier }),
        ...(every !== undefined && { every: { ms: every, seed } }),
      },
    ],
  };
};

/** Fault scripts that go by a name, in the order the help shows them. */
export const presets: Readonly<Record<string, Preset>> = {
  timeouts: {
    means: 'one purchase in five is never answered, half of them after it was charged',
    script: (settings) => ({
      lotteries: [
        byLot(settings, 'buy', [
          [0.1, { kind: 'no_answer_before' }],
          [0.1, { kind: 'no_answer_after' }],
        ]),
      ],
    }),
  },
  'lost-answers': {
    means: 'one purchase in four is charged and its answer lost: the line is cut, an error, no JSON; voids likewise',
    script: (settings) => ({
      lotteries: [
        byLot(settings, 'buy', [
          [0.15, { kind: 'connection_lost_after' }],
          [0.07, { kind: 'error_after' }],
          [0.03, { kind: 'not_json' }],
        ]),
        byLot(settings, 'void', [[0.2, { kind: 'connection_lost_after' }]]),
      ],
    }),
  },
  'late-charges': {
    means: 'one purchase in ten is cut off and charged 30 s later',
    script: (settings) => ({ lotteries: [byLot(settings, 'buy', [[0.1, { kind: 'late_charge', afterMs: 30_000 }]])] }),
  },
  'no-label': {
    means: 'one purchase in five succeeds without its label, or with half of it',
    script: (settings) => ({
      lotteries: [
        byLot(settings, 'buy', [
          [0.15, { kind: 'ok_without_label' }],
          [0.05, { kind: 'label_damaged' }],
        ]),
      ],
    }),
  },
  twice: {
    means: 'one purchase in ten is answered twice in one body, one look-up in three lists each shipment twice',
    script: (settings) => ({
      lotteries: [
        byLot(settings, 'buy', [[0.1, { kind: 'answered_twice' }]]),
        byLot(settings, 'look_up', [[0.33, { kind: 'listed_twice' }]]),
      ],
    }),
  },
  slow: {
    means: 'answers take 400 ms in the middle, some of them seconds',
    script: ({ seed, carrier }) => ({
      latencies: [{ seed, ...(carrier && { carrier }), takes: { shape: 'lognormal', medianMs: 400, sigma: 0.8 } }],
    }),
  },
  'rate-storm': {
    means: 'for 30 s every call is answered with 429',
    isTimed: true,
    script: (settings) => window(settings, { kind: 'rate_storm', retryAfterSeconds: 2 }, { forMs: 30_000 }),
  },
  outage: {
    means: 'for a minute every line is cut',
    isTimed: true,
    script: (settings) => window(settings, { kind: 'outage', how: 'reset' }, { forMs: 60_000 }),
  },
  flapping: {
    means: 'once in every minute, 503 for 10 s',
    isTimed: true,
    script: (settings) => window(settings, { kind: 'outage', how: 'unavailable' }, { forMs: 10_000, everyMs: 60_000 }),
  },
  webhooks: {
    means: 'half of the tracking events come twice, late or in another order',
    script: ({ seed, carrier }) => ({
      lotteries: [
        {
          operation: 'webhook',
          seed,
          ...(carrier && { carrier }),
          draws: [
            { share: 0.2, effect: { kind: 'duplicated', copies: 2 } },
            { share: 0.15, effect: { kind: 'delayed', ms: 3_000 } },
            { share: 0.15, effect: { kind: 'reordered', withinMs: 10_000 } },
          ],
        },
      ],
    }),
  },
};
