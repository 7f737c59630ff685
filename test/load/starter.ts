import type { Journal } from '@ge/audit';
import type { JobContract } from '@ge/contracts';
import { plays } from './fleet/commands.ts';
import type { DirectJobs } from './fleet/directJobs.ts';
import type { FleetUnderLoad } from './fleet/fleetUnderLoad.ts';
import { payloadSampler } from './fleet/samplePayload.ts';
import { Sending, type Unanswered } from './fleet/sending.ts';
import type { Load } from './generator/generator.ts';
import { Random, Zipf } from './generator/random.ts';
import type { Market } from './market/market.ts';
import type { Poisoning } from './poison/poisoning.ts';
import { drawPlay, jobAlone, profiles } from './profiles.ts';

export interface Starter {
  readonly start: Load['start'];
  /** Calls whose answer never came. */
  readonly unanswered: Unanswered;
}

/** What makes the next start: a play of the profile for a seller drawn from the distribution. */
export function starter(
  options: { readonly profile: string; readonly job: JobContract | null; readonly seed: number; readonly zipf: number },
  shared: Pick<FleetUnderLoad, 'client'> & {
    readonly market: Market;
    readonly journal: Journal;
    readonly directJobs: DirectJobs | null;
    readonly poisoning: Poisoning | null;
  },
): Starter {
  const { job } = options;
  const { market, poisoning } = shared;
  const { sellers } = market;
  const profile = job ? jobAlone : profiles[options.profile]!;
  const payloadOf = job && payloadSampler(job, market);
  const random = new Random(options.seed + 1);
  const zipf = new Zipf(sellers.length, options.zipf);
  const busy = new Map<string, Promise<unknown>>();
  const unanswered: Unanswered = new Map();
  let orders = 0;
  const nextOrderId = () => {
    orders += 1;
    return market.orderId(orders);
  };
  const repeats = () => (profile.repeats ? 2 + random.below(4) : 1);
  const clockAhead = Date.now() - performance.now();
  const start: Load['start'] = async (intendedAt) => {
    const kind = drawPlay(profile, random);
    const isHot = profile.hotSeller !== undefined && random.unit() < profile.hotSeller;
    const seller = isHot ? sellers[0]! : sellers[zipf.draw(random)]!;
    if (kind === 'poison') return { kind, ...(await poisoning!.send(seller)) };
    const calls = { ...shared, nextOrderId, repeats, busy, unanswered, intendedAt: intendedAt + clockAhead };
    const sending = new Sending(calls);
    if (kind !== 'job') await plays[kind](sending, seller, random);
    else {
      const command = { kind: 'job', sellerId: seller, name: job!.name } as const;
      await sending.direct(job!, seller, 1, (commandNo) => payloadOf!(seller, commandNo) as object, command);
    }
    const { outcome, why } = sending;
    return { kind: kind === 'job' ? job!.name : kind, outcome, why };
  };
  return { start, unanswered };
}
