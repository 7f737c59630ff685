import { queueNames } from '@ge/contracts';
import { Malformed } from '../http/refused.ts';

/** Throws Malformed for what is no queue of the fleet. */
export function requireQueue(queue: string, field: string): void {
  if (queueNames.includes(queue)) return;
  throw new Malformed([{ field, code: 'schema.invalid_value', message: queueNames.join(' | ') }]);
}
