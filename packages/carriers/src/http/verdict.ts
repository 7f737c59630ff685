import type { Dialect } from '../port/dialect.ts';
import type { CallEnd } from '../port/gate.ts';
import type { CarrierRefusal, UnknownReason } from '../port/outcome.ts';
import { carrierRefusal } from '../port/refusal.ts';
import { parsedJson } from '../wire/parsedJson.ts';
import type { Exchange } from './exchange.ts';

/** An exchange, judged: the carrier did it, provably did not, or nobody knows. */
export type Verdict =
  | { readonly kind: 'done'; readonly json: unknown }
  | { readonly kind: 'refused'; readonly status: number; readonly refusal: CarrierRefusal }
  | { readonly kind: 'unknown'; readonly reason: UnknownReason; readonly retryAfterSeconds?: number | undefined };

/**
 * A refusal counts as proof only when it speaks the carrier's own dialect (or is a 429, which is answered before any work):
 * a bare 4xx may come from a proxy that had already passed the request on.
 */
export function judge(dialect: Dialect, exchange: Exchange): Verdict {
  if (exchange.kind === 'not_sent') {
    return { kind: 'refused', status: 0, refusal: carrierRefusal('carrier.unreachable') };
  }
  if (exchange.kind === 'lost') return { kind: 'unknown', reason: exchange.reason };
  const { status, retryAfterSeconds } = exchange;
  if (status === 429) {
    return { kind: 'refused', status, refusal: carrierRefusal('carrier.rate_limited', { retryAfterSeconds }) };
  }
  if (status >= 500) return { kind: 'unknown', reason: 'SERVER_ERROR', retryAfterSeconds };
  const json = parsedJson(exchange.body);
  if (status >= 200 && status < 300) {
    return json === undefined ? { kind: 'unknown', reason: 'ANSWER_UNREADABLE' } : { kind: 'done', json };
  }
  const error = status >= 400 ? dialect.readError(json, status) : undefined;
  if (!error) return { kind: 'unknown', reason: 'UNEXPECTED_STATUS' };
  if (error.doubt) return { kind: 'unknown', reason: error.doubt };
  const code = error.code ?? 'carrier.refused';
  return {
    kind: 'refused',
    status,
    refusal: carrierRefusal(code, { carrierCode: error.carrierCode, retryAfterSeconds }),
  };
}

/** What an exchange says of the carrier's health. null: nothing; the caller gave up. */
export function endOf(exchange: Exchange): CallEnd | null {
  if (exchange.kind === 'lost')
    return exchange.reason === 'ABORTED' ? null : failedUnless(exchange.reason === 'ANSWER_TOO_LARGE');
  if (exchange.kind === 'not_sent') return failedUnless(false);
  const { status, retryAfterSeconds } = exchange;
  if (status === 429) return { kind: 'limited', retryAfterSeconds };
  return status < 500 ? { kind: 'answered' } : { kind: 'failed', retryAfterSeconds };
}

const failedUnless = (answered: boolean): CallEnd =>
  answered ? { kind: 'answered' } : { kind: 'failed', retryAfterSeconds: undefined };

/** A refusal seen where nothing can be refused for good (quote of a whole carrier, look-up, tracking): why there is no answer. */
export function unavailableReason(refusal: CarrierRefusal): UnknownReason | undefined {
  if (refusal.code === 'carrier.rate_limited') return 'RATE_LIMITED';
  if (refusal.code === 'carrier.unreachable') return 'UNREACHABLE';
  if (refusal.code === 'carrier.credentials_refused') return 'CREDENTIALS_REFUSED';
  return undefined;
}
