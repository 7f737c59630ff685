import type { JobContract } from '@ge/contracts';
import type { Ending, MessageRow } from '@ge/database';
import type { Settlement } from '@ge/queue';
import type { Outcome } from './outcome.ts';

/** Turns an outcome into what is written: bounds on snoozes and attempts are applied here. */
export function endingOf(outcome: Outcome, message: MessageRow, contract: JobContract, now: Date): Ending {
  switch (outcome.kind) {
    case 'snooze':
      return message.snoozes >= contract.options.maxSnoozes
        ? { kind: 'dead', reason: `snoozed ${message.snoozes} times: ${outcome.reason}` }
        : { kind: 'snooze', dueAt: new Date(now.getTime() + outcome.ms), reason: outcome.reason };
    case 'retry':
      return message.attempts + 1 >= contract.options.maxAttempts
        ? { kind: 'dead', reason: outcome.reason }
        : {
            kind: 'retry',
            dueAt: new Date(now.getTime() + backoffMs(contract, message.attempts)),
            reason: outcome.reason,
          };
    default:
      return outcome;
  }
}

/** Back at once: the runner goes on itself where it can, and the queue brings it back where it cannot. */
export const goesOn: Settlement = { kind: 'later', ms: 0 };

/** A message that ended as dead is shown as failed; everything else is finished as far as the queue is concerned. */
export function settlementOf(ending: Ending): Settlement {
  if (ending.kind === 'continue' && ending.keepsTurn) return goesOn;
  return ending.kind === 'dead' ? { kind: 'failed', reason: ending.reason } : { kind: 'settled' };
}

/** Doubles from the contract's base to its maximum, with a fifth of chance so that failures do not come back together. */
function backoffMs(contract: JobContract, attempts: number): number {
  const { base, max } = contract.options.backoff;
  return Math.min(max, base * 2 ** attempts) * (0.9 + Math.random() * 0.2);
}
