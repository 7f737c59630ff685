import type { HeldReason } from '@ge/domain';
import type { CarrierProfile } from './carrier.ts';

export type CarrierCall = 'quote' | 'buy' | 'look_up' | 'void' | 'track' | 'statement';

/** A call that did not leave, or that the carrier sent back unread: nothing was done, and no attempt is spent. */
export interface HeldCall {
  readonly kind: 'held';
  readonly reason: HeldReason;
  /** After how many milliseconds to try again; others have been given other turns. */
  readonly waitMs: number;
}

/** A call that may leave, until its end is told. `isProbe`: it is the one that finds out whether the carrier is back. */
export interface Pass {
  readonly kind: 'pass';
  /** By `performance.now()`. */
  readonly beganAt: number;
  readonly isProbe: boolean;
}

/**
 * How a call ended, as far as the carrier's health is concerned; any refusal but a 429 is an answer. `retryAfterSeconds`: for how long
 * the carrier wants to be left alone.
 */
export type CallEnd =
  | { readonly kind: 'answered' }
  | { readonly kind: 'failed' | 'limited'; readonly retryAfterSeconds: number | undefined };

/** What every call passes on its way to a carrier, so that all processes keep its limits and leave it alone when it is down. */
export interface CarrierGate {
  /** `beginBy`: by `performance.now()`; a call that waited for longer is held. */
  enter(profile: CarrierProfile, call: CarrierCall, beginBy: number | undefined): Promise<Pass | HeldCall>;
  /** Returns what the call becomes: held where the carrier sent it back. Never throws. */
  leave(profile: CarrierProfile, call: CarrierCall, pass: Pass, end: CallEnd): Promise<HeldCall | null>;
}
