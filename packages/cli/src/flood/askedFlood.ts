import { accessSync, constants } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Objective } from '@ge/load';
import { UserMistake } from '../mistake.ts';

/** The options as they were typed. */
export interface FloodWords {
  readonly profile: string;
  readonly job?: string;
  readonly duration?: string;
  readonly findKnee?: boolean;
  readonly rate: string;
  readonly arrivals: string;
  readonly closed?: string;
  readonly sellers: string;
  readonly zipf: string;
  readonly atOnce: string;
  readonly seed?: string;
  readonly slo?: readonly string[];
  readonly target?: string;
  readonly key?: string;
  readonly carrier?: string;
  readonly own?: boolean;
  readonly report?: string;
  readonly json?: boolean;
}

/** What the words ask for. @throws UserMistake naming the option that says something impossible */
export async function askedFlood(words: FloodWords) {
  const { arrivalKinds, needsOwnFleet, parseDuration, parseObjective, profiles } = await import('@ge/load');
  if (!Object.hasOwn(profiles, words.profile))
    throw new UserMistake(`There is no profile ${words.profile}; there are ${Object.keys(profiles).join(', ')}.`);
  const { contractByName } = await import('@ge/contracts');
  const job = words.job === undefined ? null : (contractByName.get(words.job) ?? null);
  if (words.job !== undefined && !job)
    throw new UserMistake(`There is no job ${words.job}; there are ${[...contractByName.keys()].join(', ')}.`);
  const searches = words.findKnee ?? false;
  const duration = words.duration ?? (searches ? '8s' : '20s');
  const seconds = parseDuration(duration);
  if (seconds === null) throw new UserMistake(`--duration takes a time such as 20s or 2m, not ${duration}.`);
  const kind = arrivalKinds.find((one) => one === words.arrivals);
  if (!kind) throw new UserMistake(`--arrivals is ${arrivalKinds.join(', ')}, not ${words.arrivals}.`);
  const report = words.report;
  if (report !== undefined && !/\.(html|json)$/.test(report))
    throw new UserMistake(`--report takes a file that ends in .html or .json, not ${report}.`);
  if (report !== undefined && !canBeWritten(report))
    throw new UserMistake(`The report cannot be written to ${report}: there is no such folder, or it is not yours.`);
  const objectives: Objective[] = (words.slo ?? []).map((text) => {
    const objective = parseObjective(text);
    if (!objective) throw new UserMistake(`--slo takes objectives such as p99=200ms or max=2s, not ${text}.`);
    return objective;
  });
  if (searches && objectives.length === 0)
    throw new UserMistake('--find-knee needs an objective that can break: --slo p99=200ms, for instance.');
  if (searches && (words.closed !== undefined || kind === 'ramp'))
    throw new UserMistake('--find-knee tries one rate after the other: --closed and --arrivals ramp have none.');
  const past = job !== null || needsOwnFleet(profiles[words.profile]!);
  const { target, key, carrier, own = false } = words;
  if (target === undefined && (key !== undefined || carrier !== undefined))
    throw new UserMistake('--key and --carrier say more of the fleet that --target names; there is no --target.');
  if (target !== undefined && own) throw new UserMistake('--own and --target name two fleets: leave one of them out.');
  if (target !== undefined && past)
    throw new UserMistake(
      `${job ? '--job' : `--profile ${words.profile}`} goes past the API, straight into Redis or the database: only a fleet of its own takes it, not --target.`,
    );
  const closed = words.closed === undefined ? null : within('--closed', words.closed, 1, 10_000, true);
  return {
    profile: words.profile,
    job,
    arrivals: closed === null ? kind : ('closed' as const),
    rate: within('--rate', words.rate, 0.1, 100_000, false),
    seconds,
    findKnee: searches,
    sellers: within('--sellers', words.sellers, 1, 100_000, true),
    zipf: within('--zipf', words.zipf, 0, 5, false),
    atOnce: closed ?? within('--at-once', words.atOnce, 1, 100_000, true),
    seed:
      words.seed === undefined ? (Date.now() % 1_000_000) + 1 : within('--seed', words.seed, 0, 2_147_483_647, true),
    objectives,
    fleet: { target, key, carrier, own: own || past, settings: profiles[words.profile]!.settings ?? {} },
  };
}

function within(option: string, text: string, least: number, most: number, whole: boolean): number {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (Number.isFinite(value) && value >= least && value <= most && (!whole || Number.isInteger(value))) return value;
  throw new UserMistake(`${option} takes a ${whole ? 'whole ' : ''}number from ${least} to ${most}, not ${text}.`);
}

/** Asked before the load: what it found must not be lost to a slip of the pen. */
function canBeWritten(file: string): boolean {
  try {
    accessSync(dirname(resolve(file)), constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
