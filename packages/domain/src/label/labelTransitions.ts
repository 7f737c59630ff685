import type { LabelPurchase, LabelState } from './labelPurchase.ts';

/**
 * Every change of state a label may make. `unknown` and `voiding` may follow themselves (asked again, still no answer),
 * `claimed` too (the holder's lease ran out before anything was sent), and it may be given back to `requested` (quoted again). To `unknown` without having been sent leads only what a
 * carrier's statement charges all the same; back to `requested` only what provably bought nothing.
 */
export const labelTransitions: Readonly<Record<LabelState, readonly LabelState[]>> = {
  requested: ['claimed', 'refused', 'unknown'],
  claimed: ['claimed', 'requested', 'sent', 'refused', 'parked', 'unknown'],
  sent: ['purchased', 'refused', 'requested', 'unknown', 'parked'],
  unknown: ['unknown', 'purchased', 'refused', 'requested', 'parked'],
  parked: ['purchased', 'refused'],
  purchased: ['voiding'],
  voiding: ['voiding', 'voided', 'void_refused'],
  void_refused: ['voiding'],
  refused: [],
  voided: [],
};

export const mayLabelBecome = (from: LabelState, to: LabelState): boolean => labelTransitions[from].includes(to);

/** States in which another label for the same parcel would be one too many. */
const activeStates: ReadonlySet<LabelState> = new Set([
  'requested',
  'claimed',
  'sent',
  'unknown',
  'parked',
  'purchased',
]);

/** A label that is bought or may yet turn out to be; a second intent for its parcel is refused. */
export const isActiveLabel = (label: Pick<LabelPurchase, 'state'>): boolean => activeStates.has(label.state);

const boughtStates: ReadonlySet<LabelState> = new Set(['purchased', 'voiding', 'void_refused']);

/** A label that is paid for and not (yet) taken back. */
export const isBoughtLabel = (label: Pick<LabelPurchase, 'state'>): boolean => boughtStates.has(label.state);

const undecidedStates: ReadonlySet<LabelState> = new Set(['requested', 'claimed', 'sent', 'unknown', 'parked']);

/** Whether it is still open if this intent leads to a charge. */
export const isUndecidedLabel = (label: Pick<LabelPurchase, 'state'>): boolean => undecidedStates.has(label.state);
