import type { CarrierProfile } from '../port/carrier.ts';

/**
 * EasyPost knows no idempotency key for purchases, but sells what was quoted once only and says whether it was sold.
 * Its ZPL comes in the one resolution that the carrier behind it prints, as a rule 203 dpi.
 */
export const easypostProfile: CarrierProfile = {
  id: 'easypost',
  name: 'EasyPost',
  idempotencyKey: false,
  keyLifetimeMs: 0,
  lookUp: true,
  /** It waits for the carriers behind it, for minutes if need be. */
  horizonMs: 600_000,
  voidWindowDays: 30,
  labelFormats: ['PDF', 'PNG', 'ZPL203'],
  rate: null,
  burst: 1,
  failuresToPause: 10,
  pauseMs: 5_000,
  givesStatement: true,
};

/** Where its labels lie. */
export const easypostDocumentHosts: readonly string[] = [
  'easypost-files.s3.us-west-2.amazonaws.com',
  'easypost-files.s3-us-west-2.amazonaws.com',
];
