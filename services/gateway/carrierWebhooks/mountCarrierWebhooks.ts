import { routes } from '@ge/api';
import { type CarrierId, type CarrierScan, openWebhook } from '@ge/carriers';
import { startOperation } from '@ge/database';
import type { Express, Request, Response } from 'express';
import type { GatewayContext } from '../http/openGateway.ts';
import { readBytes } from '../http/readJson.ts';
import { HttpRefusal, NotFound } from '../http/refused.ts';
import { sendAnswer } from '../http/send.ts';
import type { RequestNotes } from '../http/serve.ts';
import type { CallerLimits } from '../limits/callerLimits.ts';
import { networkOf } from '../limits/networkOf.ts';
import type { Overload } from '../overload/overload.ts';
import { recordReports } from '../trackingEvents/recordReports.ts';
import { WebhookCounts } from './webhookCounts.ts';

const path = '/carrier-webhooks/:carrierId';
const mostBytes = 64 * 1024;

interface Guards {
  readonly overload: Overload;
  readonly callerLimits: CallerLimits;
}

/**
 * Takes tracking events that carriers tell of their own accord, each in its own dialect, and records them as
 * `POST /v1/tracking-events` does. No part of the API: whoever signs with a key agreed with the carrier is believed, and
 * nobody else.
 */
export function mountCarrierWebhooks(app: Express, context: GatewayContext, { overload, callerLimits }: Guards): void {
  const { database, clock, registry } = context;
  const keysOf: ReadonlyMap<string, Readonly<Record<string, string>>> = new Map(
    Object.entries(context.config.CARRIER_WEBHOOK_KEYS),
  );
  const counts = new WebhookCounts(registry);
  app.post(path, async (request: Request, response: Response) => {
    (response.locals.notes as RequestNotes).route = 'carrierWebhooks.take';
    const carrierId = String(request.params.carrierId) as CarrierId;
    const keys = keysOf.get(carrierId);
    if (!keys || Object.keys(keys).length === 0) throw new NotFound();
    overload.check(routes.trackingEvents.reportTrackingEvents, null);
    const body = await readBytes(request, mostBytes);
    const now = clock.now();
    const opened = openWebhook(carrierId, keys, { headers: request.headers, body }, now);
    if (opened.kind === 'unsigned') {
      counts.delivery(carrierId, opened.reason);
      await callerLimits.stranger(networkOf(request.ip));
      throw new HttpRefusal('http.signature_invalid');
    }
    if (opened.kind === 'unreadable') {
      counts.delivery(carrierId, opened.kind);
      throw new HttpRefusal('http.validation');
    }
    const outcomes = await record(database, carrierId, opened.scans, now);
    counts.delivery(carrierId, 'taken');
    counts.events(carrierId, outcomes);
    counts.events(
      carrierId,
      Array.from({ length: opened.unknownCodes }, () => 'code_unknown'),
    );
    const recorded = outcomes.filter((outcome) => outcome === 'recorded').length;
    sendAnswer(response, {
      status: 200,
      body: { recorded, ignored: outcomes.length + opened.unknownCodes - recorded },
      headers: {},
    });
  });
  app.all(path, () => {
    throw new HttpRefusal('http.method_not_allowed', { Allow: 'POST' });
  });
}

/** What became of each event. Nothing that is told of somebody else's parcel, or too early, is worth telling again. */
function record(
  database: GatewayContext['database'],
  carrierId: CarrierId,
  scans: readonly CarrierScan[],
  now: Date,
): Promise<readonly string[]> {
  return database.transaction(async (tx) => {
    const reports = scans.map((scan) => ({ kind: 'event' as const, ...scan }));
    const { decisions, messages } = await recordReports(tx, reports, { now, ofCarrier: carrierId });
    if (messages.length > 0) await startOperation(tx, { kind: 'tracking-events', sellerId: null, now }, messages);
    return decisions.map((decision) => (decision.ok ? 'recorded' : decision.refusals[0]!.code));
  });
}
