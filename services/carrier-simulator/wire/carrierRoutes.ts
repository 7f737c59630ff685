import { type ErrorRequestHandler, type Request, Router } from 'express';
import { STATEMENT_PAGE } from '../desk/desk.ts';
import { Problem } from '../desk/problem.ts';
import type { FaultEffect } from '../faults/effect.ts';
import type { Charge } from '../ledger/entries.ts';
import type { OutgoingDocuments, WireDialect } from './dialect.ts';
import { bodyHash, jsonBody } from './rawBody.ts';
import { type CarrierHouse, serve } from './serve.ts';

/** One carrier's endpoints. */
export function carrierRoutes(house: CarrierHouse, dialect: WireDialect): Router {
  const { desk } = house;
  const { carrier, paths } = dialect;
  const router = Router();
  const json = jsonBody();

  // Beside what it sells, so that whoever asks is answered by the very place where purchases go. No call at a counter:
  // it asks no credential, stands in no book and never fails on purpose.
  router.get(`/${carrier}/simulator`, (_request, response) => {
    response.json({ simulator: true, carrier, simulatorId: house.ledger.simulatorId });
  });

  router.post(paths.quote, json, async (request, response) => {
    const enquiry = dialect.readEnquiry(request.body);
    await serve(house, dialect, request, response, {
      operation: 'quote',
      reference: undefined,
      act: () => desk.quote(carrier, present(enquiry)),
      answer: (quote) => dialect.writeQuote(quote),
    });
  });

  router.post(paths.buy, json, async (request, response) => {
    const order = dialect.readOrder(request.body);
    const key = dialect.idempotencyKey(request);
    await serve(house, dialect, request, response, {
      operation: 'buy',
      reference: order?.reference,
      act: () => desk.purchase(carrier, present(order), key, bodyHash(request)),
      answer: async (charge, effect) => dialect.writePurchase(charge, await outgoing(house, charge, effect)),
    });
  });

  router.get(paths.look_up, async (request, response) => {
    const by = dialect.lookUpBy(request.query);
    await serve(house, dialect, request, response, {
      operation: 'look_up',
      reference: by && ('reference' in by ? by.reference : by.key),
      act: () => desk.lookUp(carrier, present(by)),
      answer: async (charges, effect) => {
        const found: { charge: Charge; documents: OutgoingDocuments | undefined }[] = [];
        for (const charge of charges) found.push({ charge, documents: await outgoing(house, charge, effect) });
        return dialect.writeLookUp(effect?.kind === 'listed_twice' ? found.flatMap((one) => [one, one]) : found);
      },
    });
  });

  router.delete(paths.void, async (request, response) => {
    const id = pathId(request);
    await serve(house, dialect, request, response, {
      operation: 'void',
      reference: id,
      act: () => desk.voidShipment(carrier, id),
      answer: (charge) => dialect.writeVoid(charge),
    });
  });

  router.get(paths.track, async (request, response) => {
    const id = pathId(request);
    await serve(house, dialect, request, response, {
      operation: 'track',
      reference: id,
      act: () => desk.track(carrier, id),
      answer: (scans) => dialect.writeTracking(id, scans),
    });
  });

  router.get(paths.statement, async (request, response) => {
    const after = dialect.statementAfter(request.query);
    await serve(house, dialect, request, response, {
      operation: 'statement',
      reference: undefined,
      act: () => desk.statement(carrier, present(after)),
      answer: (lines) => dialect.writeStatement(lines, lines.length < STATEMENT_PAGE ? null : lines.at(-1)!.lineNo),
    });
  });

  router.use(problemHandler(dialect));
  return router;
}

const pathId = (request: Request): string => String(request.params.id).slice(0, 100);

function present<T>(value: T | undefined): T {
  if (value === undefined) throw new Problem('malformed');
  return value;
}

async function outgoing(
  { print }: CarrierHouse,
  charge: Charge,
  effect: FaultEffect | undefined,
): Promise<OutgoingDocuments | undefined> {
  if (effect?.kind === 'ok_without_label') return undefined;
  return { ...(await print(charge)), damaged: effect?.kind === 'label_damaged' };
}

/** Problems in the carrier's own words; a body that is no JSON, or too large, is malformed. */
export const problemHandler =
  (dialect: Pick<WireDialect, 'writeProblem'>): ErrorRequestHandler =>
  (error, _request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const status: unknown = error?.status;
    const unreadable = typeof status === 'number' && status >= 400 && status < 500;
    const kind = error instanceof Problem ? error.kind : unreadable ? 'malformed' : 'internal';
    if (kind === 'internal' && !(error instanceof Problem)) console.error(error);
    const written = dialect.writeProblem(kind);
    response.status(written.status).json(written.body);
  };
