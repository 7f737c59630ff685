/** Weights of the eight serial digits of an S10 number (UPU). */
const S10_WEIGHTS = [8, 6, 4, 2, 3, 5, 9, 7] as const;

/** Check digit of the eight digits of an S10 item number. */
export function s10CheckDigit(serial: string): string {
  if (!/^\d{8}$/.test(serial)) throw new RangeError('an S10 serial has eight digits');
  const sum = S10_WEIGHTS.reduce((total, weight, i) => total + weight * Number(serial[i]), 0);
  const check = 11 - (sum % 11);
  if (check === 10) return '0';
  return check === 11 ? '5' : String(check);
}

/** Check digit of a DHL Express waybill: the serial modulo 7. */
export function dhlCheckDigit(serial: string): string {
  if (!/^\d{9,10}$/.test(serial)) throw new RangeError('a waybill serial has nine or ten digits');
  return String(Number(serial) % 7);
}

/** Check digit of the fifteen characters between `1Z` and itself: every second one doubled, letters as (code − 3) mod 10. */
export function ups1zCheckDigit(body: string): string {
  if (!/^[0-9A-Z]{15}$/.test(body)) throw new RangeError('a 1Z body has fifteen digits or capital letters');
  let sum = 0;
  for (let i = 0; i < body.length; i++) {
    const value = /\d/.test(body[i]!) ? Number(body[i]) : (body.charCodeAt(i) - 3) % 10;
    sum += i % 2 === 1 ? value * 2 : value;
  }
  return String((10 - (sum % 10)) % 10);
}
