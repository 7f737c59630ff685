import type { AuditReport } from '@ge/audit';
import type { JobPhases, OperationTimes } from '../fleet/phases.ts';
import type { Standing } from '../fleet/standing.ts';
import type { Moment } from '../fleet/watch.ts';
import type { GeneratorHealth, Outcome, Second } from '../generator/generator.ts';
import type { Percentiles } from '../generator/latencies.ts';
import type { Judged } from '../generator/objective.ts';
import type { Knee } from '../knee/step.ts';
import type { PoisonFound } from '../poison/kinds.ts';
import type { CleanedUp, NotVisible } from '../vantage/vantage.ts';
import type { Binding } from './binding.ts';

/** `own`: started for the flood; `here`: runs on this machine anyway; `elsewhere`: named by its address. */
export type FleetKind = 'own' | 'here' | 'elsewhere';

/** Everything a flood found out; plain JSON. Times in milliseconds, rates per second. */
export interface FloodReport {
  readonly ok: boolean;
  readonly at: string;
  /** Which fleet was flooded, and what of it could not be seen from where the load stood. */
  readonly flooded: {
    readonly kind: FleetKind;
    readonly url: string | null;
    readonly notVisible: readonly NotVisible[];
  };
  readonly asked: {
    readonly profile: string;
    readonly arrivals: string;
    readonly rate: number | null;
    readonly seconds: number;
    readonly sellers: number;
    readonly zipf: number;
    readonly atOnce: number;
    readonly seed: number;
  };
  readonly machine: { readonly cores: number; readonly memoryGb: number; readonly node: string };
  readonly load: {
    readonly started: number;
    readonly dropped: number;
    readonly outcomes: Readonly<Record<Outcome, number>>;
    /** Why starts were not accepted, by the code of the problem. */
    readonly notAccepted: Readonly<Record<string, number>>;
    /** Answered starts per second. */
    readonly rate: number;
    readonly tookMs: number;
  };
  readonly latency: {
    /** From the intended start. */
    readonly response: Percentiles;
    /** From the actual start. */
    readonly service: Percentiles;
    readonly byKind: Readonly<Record<string, { readonly response: Percentiles; readonly service: Percentiles }>>;
    /** False: the generator was the slow one, and these figures are not the fleet's. */
    readonly valid: boolean;
  };
  readonly generator: GeneratorHealth;
  readonly objectives: readonly Judged[];
  /** Of a search: all rates that were tried. What else is reported is the load at the highest rate that held. */
  readonly knee: Knee | null;
  readonly phases: { readonly operations: readonly OperationTimes[]; readonly jobs: readonly JobPhases[] };
  readonly backlog: { readonly most: number; readonly drainMs: number; readonly drained: boolean };
  readonly binding: Binding;
  readonly cpuMs: Readonly<Record<string, number>>;
  readonly fleet: Standing;
  /** Empty unless the profile has any. */
  readonly poison: readonly PoisonFound[];
  readonly audit: AuditReport;
  /** What was taken back of what the flood made in a fleet that goes on; null where all of it ended with its own. */
  readonly cleanedUp: CleanedUp | null;
  readonly series: { readonly seconds: readonly Second[]; readonly moments: readonly Moment[] };
}

type Judgeable = 'audit' | 'objectives' | 'latency' | 'backlog' | 'fleet' | 'poison';

/** Why a flood did not pass, a line each; empty when it did. The latency verdict is void where the generator was saturated. */
export function failuresOf(report: Pick<FloodReport, Judgeable>): string[] {
  const { audit, objectives, latency, backlog, fleet, poison } = report;
  const missed = objectives.filter(({ met }) => !met);
  return [
    ...(backlog.drained ? [] : ['not everything that was accepted had ended when the flood gave up waiting']),
    ...(audit.ok
      ? []
      : [`the audit found ${audit.findingsTotal} ${audit.findingsTotal === 1 ? 'thing' : 'things'} amiss`]),
    ...poison
      .filter(({ sent, accounted }) => accounted < sent)
      .map(
        ({ kind, sent, accounted, amiss: [first] }) =>
          `poison (${kind}): ${sent - accounted} of ${sent} did not end as they must; ${first!.subject}: ${first!.found}`,
      ),
    ...(fleet.notReady.length === 0 ? [] : [`not ready afterwards: ${fleet.notReady.join(', ')}`]),
    ...(objectives.length > 0 && !latency.valid
      ? ['the generator was saturated: nothing can be said about the objectives']
      : missed.map(({ objective, foundMs }) => `${objective} was asked, ${foundMs} ms found`)),
  ];
}
