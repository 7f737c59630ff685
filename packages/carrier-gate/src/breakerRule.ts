import type { CarrierCall, CarrierProfile } from '@ge/carriers';
import type { BreakerRule, JudgedCall } from '@ge/domain';

/** A word that is told within this time after the call's own deadline still counts. */
const tellingMs = 1_000;

/** @param timeoutMs longest deadline of a call in this process */
export const breakerRuleOf = (
  { failuresToPause, pauseMs }: Pick<CarrierProfile, 'failuresToPause' | 'pauseMs'>,
  timeoutMs: number,
): BreakerRule => ({
  failuresInRow: failuresToPause,
  failureShare: 0.5,
  leastCalls: Math.max(20, failuresToPause),
  periodMs: 15_000,
  pauseMs,
  longestPauseMs: 12 * pauseMs,
  probeMs: timeoutMs + tellingMs,
});

export const isJudged = (call: CarrierCall): call is JudgedCall => call === 'quote' || call === 'buy';
