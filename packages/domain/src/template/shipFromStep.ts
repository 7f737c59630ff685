import type { AddressId } from '../identity/ids.ts';
import { accept, type Decision, type Refusal, refuse } from '../refusal/refusal.ts';
import type { SellerAddress } from '../seller/seller.ts';
import { shipFromRefusals } from './enablementNeeds.ts';
import type { ShippingTemplate } from './shippingTemplate.ts';
import { templateRefusals } from './templateRefusals.ts';

/** The programme names no number; a list longer than this is no choice of warehouses. */
export const SHIP_FROM_LIMIT = 50;
export const CARRIER_PREFERENCE_LIMIT = 20;
const CARRIER_NAME_LENGTH = 50;

export interface ShipFromChoice {
  /** One or several of the seller's United States addresses. */
  readonly shipFrom: readonly AddressId[];
  /** Absent: skipped, domestic automation stays as it is. Names: switches it on. Empty: switches it off. */
  readonly carrierPreferences?: readonly string[] | undefined;
}

const soundPreferences = (names: readonly string[]): boolean =>
  names.length <= CARRIER_PREFERENCE_LIMIT &&
  new Set(names).size === names.length &&
  names.every((name) => name.trim() !== '' && name.length <= CARRIER_NAME_LENGTH);

/** Judges the choice of R7: addresses of the seller that hold R6, each once; carrier preferences are optional. */
export function chosenShipFrom(
  template: ShippingTemplate,
  { shipFrom, carrierPreferences }: ShipFromChoice,
  addresses: readonly SellerAddress[],
): Decision<Pick<ShippingTemplate, 'shipFrom' | 'carrierPreferences' | 'domesticAutomation'>> {
  const refusals: Refusal[] = [...shipFromRefusals(shipFrom.slice(0, SHIP_FROM_LIMIT), addresses)];
  if (shipFrom.length === 0) refusals.push(templateRefusals.refusal('template.ship_from_missing', '/shipFrom'));
  if (shipFrom.length > SHIP_FROM_LIMIT) {
    const params = { count: shipFrom.length, limit: SHIP_FROM_LIMIT };
    refusals.push(templateRefusals.refusal('template.ship_from_too_many', '/shipFrom', params));
  }
  if (carrierPreferences && !soundPreferences(carrierPreferences)) {
    const params = { limit: CARRIER_PREFERENCE_LIMIT };
    refusals.push(templateRefusals.refusal('template.carrier_preference_invalid', '/carrierPreferences', params));
  }
  if (refusals.length > 0) return refuse(...refusals);
  return accept({
    shipFrom: [...new Set(shipFrom)],
    carrierPreferences: carrierPreferences ?? template.carrierPreferences,
    domesticAutomation: carrierPreferences ? carrierPreferences.length > 0 : template.domesticAutomation,
  });
}
