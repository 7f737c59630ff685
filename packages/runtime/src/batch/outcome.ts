import type { Outgoing, Progress } from '@ge/database';

/** What a decision says is to become of its job. A throw means: try again later. */
export type Outcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'skip'; readonly reason: string }
  | { readonly kind: 'cancel'; readonly reason: string }
  | { readonly kind: 'snooze'; readonly ms: number; readonly reason: string }
  | { readonly kind: 'continue'; readonly cursor: unknown }
  | { readonly kind: 'retry'; readonly reason: string }
  | { readonly kind: 'dead'; readonly reason: string };

/** An outcome with what follows from it, all of it committed together. */
export interface Verdict {
  readonly outcome: Outcome;
  readonly followUps?: readonly Outgoing[];
  /** What the job's operation (if it has one) gains. */
  readonly progress?: Progress;
}

type Extras = Omit<Verdict, 'outcome'>;

export const done = (extras: Extras = {}): Verdict => ({ outcome: { kind: 'done' }, ...extras });
/** Nothing to do, and why: someone was faster, a newer command holds. */
export const skip = (reason: string, extras: Extras = {}): Verdict => ({
  outcome: { kind: 'skip', reason },
  ...extras,
});
/** Never to be done, and why. */
export const cancel = (reason: string, extras: Extras = {}): Verdict => ({
  outcome: { kind: 'cancel', reason },
  ...extras,
});
/** Not yet: come back after `ms`; costs no attempt. */
export const snooze = (ms: number, reason: string): Verdict => ({ outcome: { kind: 'snooze', ms, reason } });
/** This slice is done; the next one starts at `cursor`, in the seller's next turn. */
export const carryOn = (cursor: unknown, extras: Extras = {}): Verdict => ({
  outcome: { kind: 'continue', cursor },
  ...extras,
});
/** Failed in a way that may pass; costs an attempt. */
export const retry = (reason: string): Verdict => ({ outcome: { kind: 'retry', reason } });
/** Failed for good: kept as dead, for people to look at. */
export const dead = (reason: string, extras: Extras = {}): Verdict => ({
  outcome: { kind: 'dead', reason },
  ...extras,
});
