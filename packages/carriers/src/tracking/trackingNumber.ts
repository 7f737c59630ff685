import { dhlCheckDigit, s10CheckDigit, ups1zCheckDigit } from './checkDigits.ts';

export type TrackingNumberKind = 's10' | 'dhl-waybill' | 'ups-1z';

/** Which known form a tracking number has, check digit included; undefined for anything else. */
export function trackingNumberKind(text: string): TrackingNumberKind | undefined {
  const s10 = /^[A-Z]{2}(\d{8})(\d)[A-Z]{2}$/.exec(text);
  if (s10) return s10CheckDigit(s10[1]!) === s10[2] ? 's10' : undefined;
  const ups = /^1Z([0-9A-Z]{15})(\d)$/.exec(text);
  if (ups) return ups1zCheckDigit(ups[1]!) === ups[2] ? 'ups-1z' : undefined;
  const dhl = /^(\d{9,10})(\d)$/.exec(text);
  if (dhl) return dhlCheckDigit(dhl[1]!) === dhl[2] ? 'dhl-waybill' : undefined;
  return undefined;
}
