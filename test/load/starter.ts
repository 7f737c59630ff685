import type { Journal } from '@ge/audit';
import type { JobContract } from '@ge/contracts';
import type { SellerId } from '@ge/domain';
import { plays } from './fleet/commands.ts';
import type { DirectJobs } from './fleet/directJobs.ts';
import type { FleetUnderLoad } from './fleet/fleetUnderLoad.ts';
import { payloadSampler } from './fleet/samplePayload.ts';
import { Sending } from './fleet/sending.ts';
import type { Load } from './generator/generator.ts';
import { Random, Zipf } from './generator/random.ts';
import type { Poisoning } from './poison/poisoning.ts';
import { drawPlay, jobAlone, profiles } from './profiles.ts';

/** What makes the next start: a play of the profile for a seller drawn from the distribution. */
export function starter(
  options: { readonly profile: string; readonly job: JobContract | null; readonly seed: number; readonly zipf: number },
  shared: Pick<FleetUnderLoad, 'client'> & {
    readonly journal: Journal;
    readonly directJobs: DirectJobs;
    readonly poisoning: Poisoning;
  },
  sellers: readonly SellerId[],
): Load['start'] {
  const { job } = options;
  const profile = job ? jobAlone : profiles[options.profile]!;
  const payloadOf = job && payloadSampler(job);
  const random = new Random(options.seed + 1);
  const zipf = new Zipf(sellers.length, options.zipf);
  const busy = new Map<string, Promise<unknown>>();
  const run = String(random.below(10_000_000)).padStart(7, '0');
  let orders = 0;
  const nextOrderId = () => {
    orders += 1;
    return `901-${run}-${String(orders).padStart(7, '0')}`;
  };
  const repeats = () => (profile.repeats ? 2 + random.below(4) : 1);
  const clockAhead = Date.now() - performance.now();
  return async (intendedAt: number) => {
    const kind = drawPlay(profile, random);
    const isHot = profile.hotSeller !== undefined && random.unit() < profile.hotSeller;
    const seller = isHot ? sellers[0]! : sellers[zipf.draw(random)]!;
    if (kind === 'poison') return { kind, outcome: await shared.poisoning.send(seller) };
    const sending = new Sending({ ...shared, nextOrderId, repeats, busy, intendedAt: intendedAt + clockAhead });
    if (kind !== 'job') await plays[kind](sending, seller, random);
    else {
      const command = { kind: 'job', sellerId: seller, name: job!.name } as const;
      await sending.direct(job!, seller, 1, (commandNo) => payloadOf!(seller, commandNo) as object, command);
    }
    return { kind: kind === 'job' ? job!.name : kind, outcome: sending.outcome };
  };
}
