import { Router } from 'express';
import { z } from 'zod';
import { type CarrierName, carrierNames } from '../desk/shipment.ts';
import { webhookTarget } from '../webhooks/notification.ts';
import type { CarrierHouse } from '../wire/serve.ts';

const target = webhookTarget.nullable().optional();
const targets = z.strictObject({ express: target, parcel: target, easypost: target });

/** Where carriers tell tracking events, and how far they are; a secret goes in and never comes out. */
export function webhookRoutes({ webhooks }: CarrierHouse): Router {
  const router = Router();
  const shown = (carrier: CarrierName) => {
    const told = webhooks.targets[carrier];
    return { url: told?.url ?? null, keyId: told?.keyId ?? null, ...webhooks.counts(carrier) };
  };
  const all = () => ({
    simulator: true,
    ...Object.fromEntries(carrierNames.map((carrier) => [carrier, shown(carrier)])),
  });
  router.get('/webhooks', (_request, response) => {
    response.json(all());
  });
  router.put('/webhooks', (request, response) => {
    // A carrier that is not named keeps what it has; null ends its telling.
    const named = Object.entries(targets.parse(request.body)).map(([carrier, to]) => [carrier, to ?? undefined]);
    webhooks.targets = { ...webhooks.targets, ...Object.fromEntries(named) };
    response.json(all());
  });
  return router;
}
