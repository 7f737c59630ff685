import { dhlCheckDigit, s10CheckDigit, ups1zCheckDigit } from '@ge/carriers';
import type { HouseName } from './shipment.ts';

const digits = (serial: number, count: number): string => String(serial % 10 ** count).padStart(count, '0');
const SHIPPER = 'GE24SM';

/** A number of the form the service uses, check digit included: DHL waybill, UPS 1Z, or S10 where the post delivers. */
export function trackingNumber(carrier: HouseName, serviceCode: string, serial: number): string {
  if (carrier === 'express') {
    const waybill = digits(1_000_000_00 + serial, 9);
    return `${waybill}${dhlCheckDigit(waybill)}`;
  }
  if (serviceCode === 'IPL') {
    const item = digits(serial, 8);
    return `LX${item}${s10CheckDigit(item)}US`;
  }
  const body = `${SHIPPER}${serviceCode === 'IPP' ? '65' : '68'}${digits(serial, 7)}`;
  return `1Z${body}${ups1zCheckDigit(body)}`;
}

/** Check digit of a GS1 key (SSCC among them): weights 3 and 1 from the right. */
export function gs1CheckDigit(key: string): string {
  const sum = [...key].reverse().reduce((total, digit, i) => total + Number(digit) * (i % 2 === 0 ? 3 : 1), 0);
  return String((10 - (sum % 10)) % 10);
}
