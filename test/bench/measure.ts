import type { OursDone } from './effect/ours.ts';
import type { BenchServers } from './servers/benchServers.ts';

/** One thing that is measured beside a peer doing the same work in the same run. */
export interface Measure {
  /** `P1` … `P8`, as asked for on the command line. */
  readonly id: string;
  readonly title: string;
  /** What `ours` and `peer` count, for instance `jobs/s` or `ms`. */
  readonly unit: string;
  readonly target: Target;
  /**
   * Runs ours and the peer alternately and counts what both have written.
   * @throws Error when one of them did not do its work, or did it twice
   */
  run(conditions: Conditions): Promise<Measured>;
}

/** What is asked. Where more than one of ratio, difference and ours is named, one that holds is enough. */
export interface Target {
  readonly sense: Sense;
  /** Of ours to the peer's. */
  readonly ratio?: number;
  /** Of ours less the peer's, in the measure's unit. */
  readonly difference?: number;
  /** Ours alone, in the measure's unit. */
  readonly ours?: number;
  /** Figures of `beside` that are asked for as well, by their label: each of them has to hold. */
  readonly also?: Readonly<Record<string, { readonly sense: Sense; readonly limit: number }>>;
}

export type Sense = 'at least' | 'at most';

export interface Conditions {
  /** Smaller numbers: all measures together within a minute. What was made smaller stands in the notes. */
  readonly quick: boolean;
  /** How often ours and the peer take turns. */
  readonly runs: number;
  /** One line for whoever waits; it goes to standard error. */
  readonly tell: (line: string) => void;
  readonly servers: BenchServers;
  /** What ours does at full speed with so many jobs loaded beforehand; a quick run measures it once a turn for all who ask. */
  readonly saturation: (jobs: number, turn: number) => Promise<OursDone>;
}

/** One turn of each, in the measure's unit. `ratio` is ours divided by the peer's. */
export interface Run {
  readonly ours: number;
  readonly peer: number;
  readonly ratio: number;
}

export interface Measured {
  /** The median of the runs', as are ours and peer. */
  readonly ratio: number;
  readonly ours: number;
  readonly peer: number;
  readonly runs: readonly Run[];
  /** The lowest and the highest ratio of a run. */
  readonly spread: Spread;
  /** Further figures; the label names what is counted and its unit: `relay, CPU µs per job`. */
  readonly beside?: Readonly<Record<string, number>>;
  /** What a reader has to know to judge the figures, a sentence each. */
  readonly notes?: readonly string[];
  /** What the plot of this measure is drawn from, where the runs do not say it. */
  readonly series?: readonly Series[];
}

export interface Spread {
  readonly lowest: number;
  readonly highest: number;
}

/** Figures in the measure's unit under one name, for instance throughput by size of the backlog. */
export interface Series {
  readonly name: string;
  readonly points: readonly { readonly at: string; readonly value: number }[];
}

/** Whether what was measured is what is asked. A figure that is asked for and missing is not met. */
export function isMet(target: Target, { ratio, ours, peer, beside = {} }: Measured): boolean {
  const holds = (figure: number | undefined, sense: Sense, limit: number) =>
    figure !== undefined && (sense === 'at least' ? figure >= limit : figure <= limit);
  const { sense } = target;
  const either = [
    [ratio, target.ratio],
    [ours - peer, target.difference],
    [ours, target.ours],
  ].some(([figure, limit]) => limit !== undefined && holds(figure, sense, limit));
  const also = Object.entries(target.also ?? {}).every(([label, { sense, limit }]) =>
    holds(beside[label], sense, limit),
  );
  return either && also;
}
