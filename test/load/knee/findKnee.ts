/** One rate that was tried. */
export interface Tried {
  /** Starts per second. */
  readonly rate: number;
  readonly held: boolean;
}

export interface Search {
  readonly from: number;
  /** The search ends when the rate that broke is at most this much above the one that held: 0.1 = a tenth. */
  readonly closeness: number;
  readonly mostSteps: number;
}

/**
 * The highest rate that holds: doubled from `from` until one breaks (halved until one holds, where the first breaks already),
 * then the gap is halved. Returns every step in the order tried; `knee` is null where none held. A `probe` that resolves null
 * ends the search.
 */
export async function findKnee<Step extends Tried>(
  probe: (rate: number) => Promise<Step | null>,
  { from, closeness, mostSteps }: Search,
): Promise<{ readonly steps: readonly Step[]; readonly knee: Step | null }> {
  const steps: Step[] = [];
  let knee: Step | null = null;
  let broken = Number.POSITIVE_INFINITY;
  for (let rate = from; steps.length < mostSteps; ) {
    const step = await probe(rate);
    if (!step) break;
    steps.push(step);
    if (step.held) knee = step;
    else broken = rate;
    const held: number = knee?.rate ?? 0;
    if (broken <= held * (1 + closeness)) break;
    if (broken === Number.POSITIVE_INFINITY) rate = held * 2;
    else rate = rounded((held + broken) / 2, held, broken);
    // Of a rate that small nobody asks what it is exactly.
    if (held === 0 && rate < from / 32) break;
  }
  return { steps, knee };
}

/** To two digits where that lies between: figures that people can say. */
function rounded(rate: number, above: number, below: number): number {
  const short = Number(rate.toPrecision(2));
  return short > above && short < below ? short : rate;
}
