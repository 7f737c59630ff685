import type { BreakerRule } from '../../src/carrier/carrierStanding.ts';

/** Times short enough to count in the head. */
export const aBreakerRule: BreakerRule = {
  failuresInRow: 5,
  failureShare: 0.5,
  leastCalls: 10,
  periodMs: 1_000,
  pauseMs: 100,
  longestPauseMs: 1_600,
  probeMs: 300,
};
