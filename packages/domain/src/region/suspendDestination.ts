import type { CountryCode, SuspensionId } from '../identity/ids.ts';
import { accept, type Decision, type Refusal, refuse } from '../refusal/refusal.ts';
import { type ActiveSuspension, type SuspensionList, suspendedDestinationsOf } from './applySuspensions.ts';
import { coversDestination, parseDestination } from './destination.ts';
import type { Suspension } from './regionSetting.ts';
import { regionSettingRefusals } from './regionSettingRefusals.ts';

export const SUSPENSION_REASON_LIMIT = 500;

export interface SuspendCommand {
  readonly id: SuspensionId;
  /** A country or a region. */
  readonly destination: string;
  readonly reason: string;
}

/**
 * Stops a destination for the whole programme (R13); `list` is the programme's list before, locked. The same destination cannot be stopped twice; regions and countries may overlap.
 */
export function suspendDestination(command: SuspendCommand, list: SuspensionList, now: Date): Decision<Suspension> {
  const destination = parseDestination(command.destination, '/destination');
  const reason = command.reason.trim();
  const refusals: Refusal[] = destination.ok ? [] : [...destination.refusals];
  if (reason === '' || reason.length > SUSPENSION_REASON_LIMIT) {
    refusals.push(
      regionSettingRefusals.refusal('suspension.reason_invalid', '/reason', { limit: SUSPENSION_REASON_LIMIT }),
    );
  }
  if (suspendedDestinationsOf(list.active).includes(command.destination)) {
    const params = { destination: command.destination };
    refusals.push(regionSettingRefusals.refusal('suspension.already_active', '/destination', params));
  }
  if (!destination.ok || refusals.length > 0) return refuse(...refusals);
  return accept({
    id: command.id,
    destination: destination.value.code,
    state: 'active',
    reason,
    version: list.version + 1,
    suspendedAt: now,
    liftedAt: null,
  });
}

/** Lifts one suspension and only that: another one around the same destination stays, and so do the sellers' exclusions (R13). */
export function liftSuspension(suspension: Suspension, listVersion: number, now: Date): Decision<Suspension> {
  if (suspension.state === 'lifted') {
    const params = { destination: suspension.destination };
    return refuse(regionSettingRefusals.refusal('suspension.already_lifted', '', params));
  }
  return accept({ ...suspension, state: 'lifted', version: listVersion + 1, liftedAt: now });
}

/** Whether a country is stopped now. Reads the suspensions themselves, so it holds before any fan-out has begun (R13). */
export const isSuspended = (country: CountryCode, suspensions: readonly ActiveSuspension[]): boolean =>
  coversDestination(suspendedDestinationsOf(suspensions), country);
