import type { BreakerState, CallTally, JudgedCall } from '@ge/domain';
import { defineEntity, p } from '@mikro-orm/core';
import { instant, json, word } from './columns.ts';

/** Whether a carrier is called, for all processes alike; no row: nothing bad was ever heard of it. */
export const CarrierStandingEntity = defineEntity({
  name: 'CarrierStanding',
  tableName: 'carrier_standings',
  properties: {
    carrierId: p.text().primary(),
    breaker: word<BreakerState>(),
    since: instant(),
    openings: p.integer(),
    retryAt: instant().strictNullable(),
    tallies: json<Readonly<Record<JudgedCall, CallTally>>>(),
    periodFrom: instant(),
    stoppedAt: instant().strictNullable(),
    stopReason: p.text().strictNullable(),
    noQuotesBefore: instant().strictNullable(),
    noPurchasesBefore: instant().strictNullable(),
    letGoAt: instant().strictNullable(),
  },
});
