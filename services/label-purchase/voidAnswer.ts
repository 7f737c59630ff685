import type { VoidOutcome as CarrierVoid, HeldCall } from '@ge/carriers';
import type { Money, VoidOutcome } from '@ge/domain';
import type { CallResult } from '@ge/runtime';

/** What a carrier said of a void, as rules know it; a refusal for now says nothing yet. */
export function voidOutcomeOf(result: CallResult<CarrierVoid>): VoidOutcome {
  if (result.kind !== 'answered') return { kind: 'unknown' };
  const { value } = result;
  if (value.kind === 'voided' || value.kind === 'pending') return { kind: value.kind };
  if (value.kind === 'refused' && value.retry === 'never') return { kind: 'refused', code: value.code };
  return { kind: 'unknown' };
}

export const refundOf = (result: CallResult<CarrierVoid>): Money | null =>
  result.kind === 'answered' && result.value.kind === 'voided' ? result.value.refund : null;

/** Of a call that did not leave, or came back unread. */
export const heldOf = (result: CallResult<CarrierVoid>): HeldCall | null =>
  result.kind === 'answered' && result.value.kind === 'held' ? result.value : null;
