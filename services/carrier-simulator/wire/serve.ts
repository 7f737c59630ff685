import { setTimeout as pause } from 'node:timers/promises';
import type { Request, Response } from 'express';
import type { CarrierDesk } from '../desk/desk.ts';
import { Problem } from '../desk/problem.ts';
import type { CarrierName } from '../desk/shipment.ts';
import type { Printer } from '../documents/shipmentDocuments.ts';
import type { FaultEffect } from '../faults/effect.ts';
import type { FaultProgramme } from '../faults/faultProgramme.ts';
import type { Operation } from '../ledger/entries.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Webhooks } from '../webhooks/webhooks.ts';
import type { LateCharges } from './lateCharges.ts';
import { bodyHash } from './rawBody.ts';

/** What serving a call asks of a wire format. */
export interface Counter {
  readonly carrier: CarrierName;
  credential(request: Request): string | undefined;
  idempotencyKey(request: Request): string | undefined;
}

export interface CarrierHouse {
  readonly desk: CarrierDesk;
  readonly ledger: Ledger;
  readonly faults: FaultProgramme;
  readonly lateCharges: LateCharges;
  readonly webhooks: Webhooks;
  readonly print: Printer;
  readonly now: () => Date;
  readonly latencyMs: number;
  /** undefined = any credential is accepted, as in a carrier's sandbox. */
  readonly apiKey: string | undefined;
}

/** One call: `act` is the carrier's work, done in one step; `answer` says what came of it. */
export interface CarrierCall<T> {
  readonly operation: Operation;
  readonly reference: string | undefined;
  readonly act: () => T;
  readonly answer: (result: T, effect: FaultEffect | undefined) => unknown;
}

/** Serves one call with whatever fault is due: the order of recording, failing, charging and answering is what the faults are about. */
export async function serve<T>(
  house: CarrierHouse,
  dialect: Counter,
  request: Request,
  response: Response,
  call: CarrierCall<T>,
): Promise<void> {
  if (meetsWindow(house, dialect, request, response, call)) return;
  requireCredential(house, dialect, request);
  const { effect, latencyMs } = recordCall(house, dialect, request, call);
  await pause(latencyMs + (effect?.kind === 'latency' ? effect.ms : 0));
  if (effect && failsBefore(house, response, call, effect)) return;
  const result = call.act();
  const status = call.operation === 'buy' ? 201 : 200;
  await answer(response, status, await call.answer(result, effect), dialect, effect);
}

type Asked = Pick<CarrierCall<unknown>, 'operation' | 'reference'>;

/** True when a window is open: the call ends here, written down, but not counted among those whose lots are drawn. */
function meetsWindow(
  house: CarrierHouse,
  dialect: Counter,
  request: Request,
  response: Response,
  { operation, reference }: Asked,
): boolean {
  const { carrier } = dialect;
  const now = house.now();
  const effect = house.faults.window({ carrier, operation }, now);
  if (!effect) return false;
  const key = dialect.idempotencyKey(request);
  house.ledger.addCall(
    { carrier, operation, key, reference, bodyHash: hashOf(operation, request), fault: effect.kind },
    now,
  );
  if (effect.kind === 'rate_storm') {
    response.set('retry-after', String(effect.retryAfterSeconds));
    throw new Problem('rate_limited');
  }
  if (effect.how === 'unavailable') throw new Problem('unavailable');
  if (effect.how === 'reset') request.socket.resetAndDestroy();
  return true;
}

const hashOf = (operation: Operation, request: Request) => (operation === 'buy' ? bodyHash(request) : undefined);

function requireCredential(house: CarrierHouse, dialect: Counter, request: Request): void {
  const credential = dialect.credential(request);
  if (!credential || (house.apiKey !== undefined && credential !== house.apiKey)) throw new Problem('credentials');
}

function recordCall(
  { faults, ledger, latencyMs, now }: CarrierHouse,
  { carrier, idempotencyKey }: Counter,
  request: Request,
  { operation, reference }: Asked,
): { readonly effect: FaultEffect | undefined; readonly latencyMs: number } {
  const askedBefore = () => ledger.countCalls(carrier, operation, reference);
  const question = { carrier, operation, reference, askedBefore };
  const effect = faults.draw(question);
  const drawnMs = faults.latencyMs(question);
  const key = idempotencyKey(request);
  ledger.addCall(
    { carrier, operation, key, reference, bodyHash: hashOf(operation, request), fault: effect?.kind },
    now(),
  );
  return { effect, latencyMs: latencyMs + drawnMs };
}

/** True when the call ends here, before (or, for a late charge, long before) the carrier's work. */
function failsBefore<T>(house: CarrierHouse, response: Response, call: CarrierCall<T>, effect: FaultEffect): boolean {
  switch (effect.kind) {
    case 'rate_limited':
      response.set('retry-after', String(effect.retryAfterSeconds));
      throw new Problem('rate_limited');
    case 'error_before':
      if (effect.retryAfterSeconds === undefined) throw new Problem('internal');
      response.set('retry-after', String(effect.retryAfterSeconds));
      throw new Problem('unavailable');
    case 'connection_lost_before':
      response.destroy();
      return true;
    case 'no_answer_before':
      return true;
    case 'late_charge':
      house.lateCharges.schedule(effect.afterMs, () => tryAct(call));
      response.destroy();
      return true;
    default:
      return false;
  }
}

/** Nobody waits for a late charge any more, so nobody hears of its refusal either. */
function tryAct<T>(call: CarrierCall<T>): void {
  try {
    call.act();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
  }
}

async function answer(
  response: Response,
  status: number,
  body: unknown,
  dialect: Counter,
  effect: FaultEffect | undefined,
): Promise<void> {
  switch (effect?.kind) {
    case 'error_after':
      throw new Problem('internal');
    case 'connection_lost_after':
      response.destroy();
      return;
    case 'no_answer_after':
      return;
    case 'not_json':
      response.status(status).type('text/html').send(`<html><body>${dialect.carrier}: OK</body></html>`);
      return;
    case 'answered_twice': {
      const text = JSON.stringify(body);
      response
        .status(status)
        .type('application/json')
        .send(text + text);
      return;
    }
    case 'slow_answer': {
      const text = JSON.stringify(body);
      response
        .status(status)
        .type('application/json')
        .write(text.slice(0, text.length / 2));
      await pause(effect.ms);
      response.end(text.slice(text.length / 2));
      return;
    }
    default:
      response.status(status).json(body);
  }
}
