import { Router } from 'express';
import { carrierNames } from '../desk/shipment.ts';
import { ledgerTotals } from '../ledger/totals.ts';
import type { CarrierHouse } from '../wire/serve.ts';
import { metricsText } from './metricsText.ts';

/** Liveness, readiness (the book can be read) and numbers; open to everyone who reaches the port. */
export function healthRoutes({ ledger, lateCharges }: CarrierHouse): Router {
  const router = Router();
  router.get('/', (_request, response) => {
    const { simulatorId } = ledger;
    response.json({ simulator: true, service: 'carrier-simulator', simulatorId, carriers: carrierNames });
  });
  router.get('/live', (_request, response) => {
    response.json({ simulator: true, live: true });
  });
  router.get('/ready', (_request, response) => {
    ledger.prepared('select 1').get();
    response.json({ simulator: true, ready: true });
  });
  router.get('/metrics', (_request, response) => {
    response.type('text/plain; version=0.0.4').send(metricsText(ledgerTotals(ledger), lateCharges.pending));
  });
  return router;
}
