import { type Request, Router } from 'express';
import type { z } from 'zod';
import { Problem } from '../desk/problem.ts';
import type { FaultEffect } from '../faults/effect.ts';
import type { Charge } from '../ledger/entries.ts';
import { problemHandler } from '../wire/carrierRoutes.ts';
import { bodyHash, jsonBody } from '../wire/rawBody.ts';
import { type CarrierHouse, type Counter, serve } from '../wire/serve.ts';
import { reportRoutes } from './reportRoutes.ts';
import { Reseller } from './reseller.ts';
import { buyRequest, shipmentRequest } from './wire.ts';
import { shipmentOf, trackerOf, writeProblem } from './writing.ts';

const extensions = { PDF: 'pdf', PNG: 'png', ZPL: 'zpl' } as const;

const counter: Counter = {
  carrier: 'easypost',
  credential: (request) => {
    const [, encoded] = /^Basic (\S+)$/.exec(request.get('authorization') ?? '') ?? [];
    return encoded && Buffer.from(encoded, 'base64').toString('utf8').replace(/:$/, '');
  },
  idempotencyKey: () => undefined,
};

/** The reseller speaks EasyPost's dialect: shipments that are created, bought, asked about and refunded, trackers, label files, payment reports. */
export function easypostRoutes(house: CarrierHouse): Router {
  const { desk, ledger, now } = house;
  const reseller = new Reseller(desk, ledger, now);
  const router = Router();
  const json = jsonBody();

  // As at the carriers' own counters: beside what is sold, in no book, never failing on purpose.
  router.get('/simulator', (_request, response) => {
    response.json({ simulator: true, carrier: 'easypost', simulatorId: ledger.simulatorId });
  });

  router.post('/v2/shipments', json, async (request, response) => {
    await serve(house, counter, request, response, {
      operation: 'quote',
      reference: undefined,
      act: () => reseller.quote(read(shipmentRequest, request).shipment),
      answer: (quoted) => shipmentOf(quoted),
    });
  });

  router.post('/v2/shipments/:id/buy', json, async (request, response) => {
    const id = pathId(request);
    await serve(house, counter, request, response, {
      operation: 'buy',
      reference: reseller.referenceOf(id),
      act: () => reseller.buy(id, read(buyRequest, request).rate.id, bodyHash(request)),
      answer: (charge, effect) => sold(request, charge, effect),
    });
  });

  router.get('/v2/shipments/:id', async (request, response) => {
    const id = pathId(request);
    await serve(house, counter, request, response, {
      operation: 'look_up',
      reference: reseller.referenceOf(id),
      act: () => ({ quoted: reseller.shipment(id), charge: reseller.charge(id) }),
      answer: ({ quoted, charge }, effect) => (charge ? sold(request, charge, effect) : shipmentOf(quoted)),
    });
  });

  router.post('/v2/shipments/:id/refund', async (request, response) => {
    const id = pathId(request);
    await serve(house, counter, request, response, {
      operation: 'void',
      reference: reseller.referenceOf(id),
      act: () => reseller.refund(id),
      // Taken in first and given back after: whoever asks again is told.
      answer: (taken, effect) =>
        sold(request, reseller.charge(id)!, effect, taken ? ('submitted' as const) : ('rejected' as const)),
    });
  });

  router.get('/v2/trackers', async (request, response) => {
    const code = String(request.query.tracking_code ?? '').slice(0, 100);
    await serve(house, counter, request, response, {
      operation: 'track',
      reference: code,
      act: () => ledger.byTracking(code),
      answer: (charge) => ({
        simulated: true,
        trackers: charge?.carrier === 'easypost' ? [trackerOf(charge, ledger.scans(code))] : [],
        has_more: false,
      }),
    });
  });

  router.use(reportRoutes(house, counter));

  /** No credential is asked for: whoever knows the address may read. `half-` cuts the file in half. */
  router.get('/files/:id/:name', async (request, response) => {
    const charge = reseller.charge(pathId(request));
    if (!charge) throw new Problem('shipment_unknown');
    const { label } = await house.print(charge);
    const isHalf = String(request.params.name).startsWith('half-');
    const bytes = isHalf ? label.bytes.subarray(0, label.bytes.length >> 1) : label.bytes;
    response.type('application/octet-stream').send(Buffer.from(bytes));
  });

  function sold(
    request: Request,
    charge: Charge,
    effect: FaultEffect | undefined,
    refundStatus: 'submitted' | 'rejected' | null = null,
  ) {
    const labelUrl = effect?.kind === 'ok_without_label' ? undefined : fileOf(request, charge, effect);
    const status = refundStatus ?? (charge.voided ? 'refunded' : null);
    return shipmentOf(reseller.shipment(charge.shipmentId), { charge, labelUrl, refundStatus: status });
  }

  router.use(problemHandler({ writeProblem }));
  return router;
}

function fileOf(request: Request, { shipmentId, order }: Charge, effect: FaultEffect | undefined): string {
  const cut = effect?.kind === 'label_damaged' ? 'half-' : '';
  const name = `${cut}label.${extensions[order.image.format]}`;
  return `${request.protocol}://${request.get('host')}${request.baseUrl}/files/${shipmentId}/${name}`;
}

const pathId = (request: Request): string => String(request.params.id).slice(0, 100);

function read<T extends z.ZodType>(schema: T, request: Request): z.output<T> {
  const { data } = schema.safeParse(request.body);
  if (!data) throw new Problem('malformed');
  return data;
}
