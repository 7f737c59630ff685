import { type CarrierRefusalCode, carrierRefusals } from '@ge/domain';
import type { CarrierRefusal } from './outcome.ts';

const retryLater: ReadonlySet<CarrierRefusalCode> = new Set([
  'carrier.rate_limited',
  'carrier.unreachable',
  'carrier.credentials_refused',
  'carrier.funds_insufficient',
]);

/** What a carrier calls its error, harmless enough to log: anything but a short code is dropped. */
const harmlessCode = (code: string | undefined): string | undefined =>
  code !== undefined && /^[A-Za-z0-9_.-]{1,40}$/.test(code) ? code : undefined;

export function carrierRefusal(
  code: CarrierRefusalCode,
  detail: { readonly retryAfterSeconds?: number | undefined; readonly carrierCode?: string | undefined } = {},
): CarrierRefusal {
  const carrierCode = harmlessCode(detail.carrierCode);
  return {
    code,
    message: carrierRefusals.texts[code].en,
    retry: retryLater.has(code) ? 'later' : 'never',
    ...(detail.retryAfterSeconds !== undefined && { retryAfterSeconds: detail.retryAfterSeconds }),
    ...(carrierCode !== undefined && { carrierCode }),
  };
}
