import type { Address } from '../address/address.ts';
import { validateUnitedStatesAddress } from '../address/unitedStatesAddress.ts';
import type { Refusal } from '../refusal/refusal.ts';
import { labelRefusals } from './labelRefusals.ts';

/**
 * Every reason why no carrier would take a parcel over at an address: it is judged again when it is used (R6), and the
 * driver has to be able to call.
 */
export function handOverRefusals(address: Address, at = '/shipFrom'): readonly Refusal[] {
  const judged = validateUnitedStatesAddress(address, { at });
  const phone = (address.phone ?? '').trim();
  return [
    ...(judged.ok ? [] : judged.refusals),
    ...(phone === '' ? [labelRefusals.refusal('label.ship_from_phone_missing', `${at}/phone`)] : []),
  ];
}
