import { problem } from '../problem/problem.ts';
import type { RowProblem } from './record.ts';

const BROKEN = -1;
const CONTROL = -2;

/** Bytes of `value` in UTF-8, or BROKEN or CONTROL when it holds something no value may hold. */
function measure(value: string): number {
  let bytes = 0;
  for (let i = 0; i < value.length; i++) {
    const code = value.charCodeAt(i);
    if (code < 0x20 || (code >= 0x7f && code <= 0x9f)) return CONTROL;
    if (code < 0x80) bytes += 1;
    else if (code < 0x800) bytes += 2;
    else if (code >= 0xd800 && code <= 0xdfff) bytes += 2;
    else if (code === 0xfffd) return BROKEN;
    else bytes += 3;
  }
  return bytes;
}

/** What is wrong with a text value, or null. @param limit bytes in UTF-8, or characters with `unit` 'characters' */
export function checkValue(
  value: string,
  column: string,
  limit: number,
  unit: 'bytes' | 'characters' = 'bytes',
): RowProblem | null {
  // Far too long: not worth a look inside.
  if (value.length > limit) return problem('90118', { column, limit: `${limit} ${unit}` });
  const size = measure(value);
  if (size === BROKEN) return problem('GE-15020', { column });
  if (size === CONTROL) return problem('GE-15021', { column });
  return unit === 'bytes' && size > limit ? problem('90118', { column, limit: `${limit} bytes` }) : null;
}

/** The same for a value that must be there. */
export const checkRequired = (value: string, column: string, limit: number): RowProblem | null =>
  value === '' ? problem('90220', { column }) : checkValue(value, column, limit);
