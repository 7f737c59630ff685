import type { PlayName } from './fleet/commands.ts';
import type { Random } from './generator/random.ts';

/** A play, the next kind of poison, or the job that was asked for. */
export type StartKind = PlayName | 'poison' | 'job';

export interface Profile {
  readonly what: string;
  /** Shares of each kind of start; they need not add up to anything. */
  readonly shares: Readonly<Partial<Record<StartKind, number>>>;
  /** Share of all starts that one seller makes. */
  readonly hotSeller?: number;
  /** Every call is sent two to five times at once. */
  readonly repeats?: boolean;
  /** What a fleet of the flood's own is told for it; such a profile is for no other fleet. */
  readonly settings?: Readonly<Record<string, string>>;
}

const mixed = { label: 70, feed: 15, region: 5, edit: 5, enroll: 3, deactivate: 2 } as const;

export const profiles: Readonly<Record<string, Profile>> = {
  mixed: {
    what: '70 % order, quote and label, 15 % feeds, 10 % regions and templates, 5 % enroll and deactivate',
    shares: mixed,
  },
  labels: { what: 'orders with a quote and a label each', shares: { label: 1 } },
  feeds: { what: 'small Inventory Loader files', shares: { feed: 1 } },
  templates: {
    what: 'regions, templates, enroll, deactivate',
    shares: { region: 5, edit: 5, enroll: 3, deactivate: 2 },
  },
  skus: { what: 'direct changes of ten SKUs', shares: { skus: 1 } },
  direct: {
    what: 'jobs of a producer straight into BullMQ, each sent one to three times under its key',
    shares: { directSkus: 3, directDeactivate: 1 },
  },
  'hot-seller': { what: 'mixed, and one seller sends nine of ten', shares: mixed, hotSeller: 0.9 },
  duplicates: { what: 'mixed, and every call is sent two to five times at once', shares: mixed, repeats: true },
  poison: {
    what: 'mixed, and one in eight is malformed, oversized, throws, kills its process or blocks its event loop',
    shares: { ...mixed, skus: 15, directSkus: 5, poison: 17 },
    // A job whose process vanished, or stands still, goes to somebody else after two seconds.
    settings: { GE_FAILPOINT: 'poison', JOB_LOCK_MS: '2000' },
  },
};

/** What is sent of one job of the catalogue alone. */
export const jobAlone: Profile = { what: 'one job, straight into its queue', shares: { job: 1 } };

/** Of these only a fleet of the flood's own will do: they go past the API, or need a fleet that was told to die of poison. */
const pastTheApi: ReadonlySet<StartKind> = new Set(['directSkus', 'directDeactivate', 'poison', 'job']);

/** Whether a profile goes past the API of a fleet, so that only one of the flood's own can be loaded with it. */
export const needsOwnFleet = ({ shares, settings }: Profile): boolean =>
  settings !== undefined || (Object.keys(shares) as StartKind[]).some((kind) => pastTheApi.has(kind));

/** Draws the kind of the next start by its share. */
export function drawPlay({ shares }: Profile, random: Random): StartKind {
  const entries = Object.entries(shares) as [StartKind, number][];
  let left = random.unit() * entries.reduce((sum, [, share]) => sum + share, 0);
  for (const [name, share] of entries) {
    left -= share;
    if (left < 0) return name;
  }
  return entries.at(-1)![0];
}
