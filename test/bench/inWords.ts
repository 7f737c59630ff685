import type { Target } from './measure.ts';

const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const short = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 3 });

/** A figure as it is read: `14,650`, `12.3`, `0.871`. */
export const figure = (value: number): string => (Math.abs(value) >= 100 ? whole : short).format(value);

/** `at least 5×`, `at most 100 ms more`, `at most 2× or 500 ms`. */
export function inWords({ sense, ratio, difference, ours, also = {} }: Target, unit: string): string {
  const either = [
    ratio !== undefined && `${figure(ratio)}×`,
    difference !== undefined && `${figure(difference)} ${unit} more`,
    ours !== undefined && `${figure(ours)} ${unit}`,
  ].filter((part) => part !== false);
  const further = Object.entries(also).map(([label, { sense: of, limit }]) => `${label} ${of} ${figure(limit)}`);
  return [`${sense} ${either.join(' or ')}`, ...further].join('; ');
}
