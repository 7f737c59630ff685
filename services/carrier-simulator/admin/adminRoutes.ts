import { Router } from 'express';
import { z } from 'zod';
import { Problem } from '../desk/problem.ts';
import { faultScript } from '../faults/effect.ts';
import { scanCodes } from '../ledger/entries.ts';
import { ledgerTotals } from '../ledger/totals.ts';
import { jsonBody } from '../wire/rawBody.ts';
import type { CarrierHouse } from '../wire/serve.ts';
import { callPage, chargePage } from './ledgerPages.ts';
import { requireAdmin } from './requireAdmin.ts';
import { webhookRoutes } from './webhookRoutes.ts';

const scan = z.strictObject({ code: z.enum(scanCodes), at: z.iso.datetime().optional() });
const adjustment = z.strictObject({ minor: z.int().min(-1_000_000).max(1_000_000) });
const abilities = z.strictObject({ idempotencyKeys: z.boolean(), lookUp: z.boolean() });
const abilitiesByCarrier = z.strictObject({ express: abilities, parcel: abilities });

/** What auditors and testers may do: read the book, programme faults, move parcels, change what a carrier offers. */
export function adminRoutes(house: CarrierHouse, token: string | undefined): Router {
  const { desk, faults, ledger, now, webhooks } = house;
  const router = Router();
  const closed = ['/ledger', '/faults', '/tracking', '/shipments', '/abilities', '/webhooks'];
  router.use(closed, requireAdmin(token), jsonBody());
  router.use(webhookRoutes(house));

  router.get('/ledger', (request, response) => {
    const { simulatorId } = ledger;
    response.json({ simulator: true, simulatorId, totals: ledgerTotals(ledger), ...chargePage(ledger, request.query) });
  });
  router.get('/ledger/calls', (request, response) => {
    response.json({ simulator: true, ...callPage(ledger, request.query) });
  });

  router.get('/faults', (_request, response) => {
    response.json({ simulator: true, ...faults.remaining(now()), injected: ledgerTotals(ledger).faults });
  });
  router.post('/faults', (request, response) => {
    faults.add(faultScript.parse(request.body), now());
    response.status(201).json({ simulator: true, ...faults.remaining(now()) });
  });
  router.delete('/faults', (_request, response) => {
    faults.clear();
    response.json({ simulator: true, ...faults.remaining(now()) });
  });

  router.post('/tracking/:id/events', (request, response) => {
    const { code, at } = scan.parse(request.body);
    const happenedAt = at === undefined ? now() : new Date(at);
    desk.scan(request.params.id, code, happenedAt);
    webhooks.flush();
    response.status(201).json({ simulator: true, trackingId: request.params.id, code, at: happenedAt.toISOString() });
  });

  router.post('/shipments/:id/adjustments', (request, response) => {
    const { minor } = adjustment.parse(request.body);
    desk.adjust(request.params.id, minor);
    response.status(201).json({ simulator: true, shipmentId: request.params.id, minor });
  });

  router.get('/abilities', (_request, response) => {
    response.json({ simulator: true, ...desk.abilities });
  });
  router.put('/abilities', (request, response) => {
    desk.abilities = abilitiesByCarrier.parse(request.body);
    response.json({ simulator: true, ...desk.abilities });
  });

  router.use(((error, _request, response, next) => {
    if (error instanceof z.ZodError) {
      response.status(400).json({ simulator: true, error: 'malformed', issues: z.flattenError(error) });
    } else if (error instanceof Problem) {
      response.status(404).json({ simulator: true, error: error.kind });
    } else next(error);
  }) satisfies import('express').ErrorRequestHandler);
  return router;
}
