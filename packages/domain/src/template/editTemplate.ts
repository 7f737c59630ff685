import type { DomesticShipping } from '../fee/domesticShipping.ts';
import type { FeeModel } from '../fee/feeModel.ts';
import { changeInternationalFees, type ZoneFeeChange } from '../fee/internationalFees.ts';
import { validateDomesticShipping } from '../fee/validateDomesticShipping.ts';
import { accept, type Decision, type Refusal, refuse } from '../refusal/refusal.ts';
import type { SellerAddress } from '../seller/seller.ts';
import { feesOnceEnabled } from './enableGlobalExpress.ts';
import { chosenShipFrom, type ShipFromChoice } from './shipFromStep.ts';
import type { ShippingTemplate } from './shippingTemplate.ts';
import { templateRefusals } from './templateRefusals.ts';

/**
 * Replaces the domestic settings (R9). Where the rate model changes in an enabled template, the international fees no
 * longer fit and are pre-filled anew, with a warning (R10). A blocked template stays blocked until GE is enabled again.
 */
export function editDomesticShipping(
  template: ShippingTemplate,
  domesticShipping: DomesticShipping,
  now: Date,
): Decision<ShippingTemplate> {
  const decision = validateDomesticShipping(domesticShipping, '/domesticShipping');
  if (!decision.ok) return decision;
  const edited = { ...template, domesticShipping, version: template.version + 1 };
  if (template.geState !== 'enabled') return accept(edited, decision.warnings);
  const internationalFees = feesOnceEnabled(edited, now);
  if (internationalFees === template.internationalFees) return accept(edited, decision.warnings);
  const refilled = templateRefusals.warning('template.fees_refilled', '/internationalFees');
  return accept({ ...edited, internationalFees }, [...decision.warnings, refilled]);
}

/** Changes ship-from addresses and carrier preferences of an enabled template; the others take this as a step of the wizard (R7). */
export function editShipFrom(
  template: ShippingTemplate,
  choice: ShipFromChoice,
  addresses: readonly SellerAddress[],
): Decision<ShippingTemplate> {
  if (template.geState !== 'enabled') return refuse(templateRefusals.refusal('template.not_enabled', ''));
  const chosen = chosenShipFrom(template, choice, addresses);
  return chosen.ok ? accept({ ...template, ...chosen.value, version: template.version + 1 }) : chosen;
}

/** A seller's write to the international half. Only presence of the managed fields matters, not what is in them. */
export interface InternationalEdit {
  readonly transitTime?: unknown;
  readonly countries?: unknown;
  readonly fees?: readonly ZoneFeeChange[] | undefined;
}

function sameShape(one: FeeModel, other: FeeModel): boolean {
  if (one.kind === 'per_weight') return other.kind === 'per_weight' && one.unit === other.unit;
  if (one.kind === 'price_banded') return other.kind === 'price_banded' && one.bands.length === other.bands.length;
  return one.kind === other.kind;
}

function shapeRefusals(template: ShippingTemplate, changes: readonly ZoneFeeChange[]): readonly Refusal[] {
  return changes.flatMap(({ zone, model }, index) => {
    const own = template.internationalFees?.zones.find((fee) => fee.zone === zone)?.model;
    if (!own || sameShape(own, model)) return [];
    return [templateRefusals.refusal('template.fee_shape_changed', `/fees/${index}/model`, { zone, kind: own.kind })];
  });
}

/**
 * The seller's write to the international half of an enabled template (R10): fee amounts may change; transit time and
 * countries are managed by the programme, so naming them refuses the whole write, each by its field.
 */
export function editInternational(template: ShippingTemplate, edit: InternationalEdit): Decision<ShippingTemplate> {
  if (template.geState !== 'enabled' || !template.internationalFees) {
    return refuse(templateRefusals.refusal('template.not_enabled', ''));
  }
  const changes = edit.fees ?? [];
  const refusals: Refusal[] = [];
  if (edit.transitTime !== undefined) {
    refusals.push(templateRefusals.refusal('template.transit_time_managed', '/transitTime'));
  }
  if (edit.countries !== undefined) {
    refusals.push(templateRefusals.refusal('template.countries_managed', '/countries'));
  }
  refusals.push(...shapeRefusals(template, changes));
  if (refusals.length > 0) return refuse(...refusals);
  if (changes.length === 0) return accept(template);
  const fees = changeInternationalFees(template.internationalFees, changes, '/fees');
  if (!fees.ok) return fees;
  return accept({ ...template, internationalFees: fees.value, version: template.version + 1 }, fees.warnings);
}
