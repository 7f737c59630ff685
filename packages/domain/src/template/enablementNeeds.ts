import { validateUnitedStatesAddress } from '../address/unitedStatesAddress.ts';
import { sellerEligibility } from '../enrollment/sellerEligibility.ts';
import { validateDomesticShipping } from '../fee/validateDomesticShipping.ts';
import type { AddressId } from '../identity/ids.ts';
import type { Refusal } from '../refusal/refusal.ts';
import type { Seller, SellerAddress } from '../seller/seller.ts';
import type { ShippingTemplate } from './shippingTemplate.ts';
import { templateRefusals } from './templateRefusals.ts';

/** What a template cannot be enabled without, whoever enables it. */
export interface EnablementFacts {
  readonly seller: Pick<Seller, 'country' | 'generalAddressId'>;
  readonly addresses: readonly SellerAddress[];
}

function addressRefusals(id: AddressId, addresses: readonly SellerAddress[], field: string): readonly Refusal[] {
  const entry = addresses.find((address) => address.id === id);
  if (!entry) return [templateRefusals.refusal('template.ship_from_unknown', field, { addressId: id })];
  const decision = validateUnitedStatesAddress(entry.address, { at: field });
  return decision.ok ? [] : decision.refusals;
}

/** Why the general shipping settings do not do (R6); empty when they do. */
export function generalAddressRefusals({ seller, addresses }: EnablementFacts): readonly Refusal[] {
  const entry = addresses.find((address) => address.id === seller.generalAddressId);
  if (!entry) return [templateRefusals.refusal('template.general_address_missing', '/generalAddress')];
  return addressRefusals(entry.id, addresses, '/generalAddress');
}

/** Why these ship-from addresses do not do (R7): not the seller's own, or not a valid United States address. */
export const shipFromRefusals = (
  shipFrom: readonly AddressId[],
  addresses: readonly SellerAddress[],
): readonly Refusal[] => shipFrom.flatMap((id, index) => addressRefusals(id, addresses, `/shipFrom/${index}`));

/** Every missing item that the programme cannot supply itself (R3): eligible seller, valid addresses (R6), domestic settings (R9). */
export function enablementNeeds(template: ShippingTemplate, facts: EnablementFacts): readonly Refusal[] {
  const eligibility = sellerEligibility(facts.seller);
  const domestic = template.domesticShipping;
  const domesticDecision = domestic && validateDomesticShipping(domestic, '/domesticShipping');
  return [
    ...(eligibility.ok ? [] : eligibility.refusals),
    ...generalAddressRefusals(facts),
    ...shipFromRefusals(template.shipFrom, facts.addresses),
    ...(domesticDecision ? [] : [templateRefusals.refusal('template.domestic_missing', '/domesticShipping')]),
    ...(domesticDecision && !domesticDecision.ok ? domesticDecision.refusals : []),
  ];
}
