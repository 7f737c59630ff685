import { routes } from '@ge/api';
import { startOperation } from '@ge/database';
import { acceptedBody, findingsOf } from '../http/accepted.ts';
import { handle } from '../http/handler.ts';
import { recordReports } from './recordReports.ts';

/** Every report gets its own result; the payout of each order that is concerned is decided anew, once (R17). */
export const reportTrackingEvents = handle(
  routes.trackingEvents.reportTrackingEvents,
  async ({ tx, body, now, locale }) => {
    const { decisions, messages } = await recordReports(tx, body.events, { now });
    const results = decisions.map((decision) =>
      decision.ok
        ? { outcome: 'recorded' as const, refusals: [] }
        : { outcome: 'refused' as const, refusals: findingsOf(decision.refusals, locale) },
    );
    const operationId = await startOperation(tx, { kind: 'tracking-events', sellerId: null, now }, messages);
    return { status: 202, body: { ...acceptedBody(operationId, [], locale), results } };
  },
);
