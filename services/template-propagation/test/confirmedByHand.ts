import {
  type AddressId,
  chooseShipFrom,
  confirmOptions,
  type Decision,
  type ReviewContext,
  reviewOptions,
  type ShippingTemplate,
  switchAutomationOn,
  switchGlobalExpressOn,
} from '@ge/domain';
import { sellerRow } from '@ge/testkit';
import { now, warehouse } from './scene.ts';

const granted = <T>(decision: Decision<T>): T => {
  if (!decision.ok) throw new Error(decision.refusals.map((refusal) => refusal.code).join());
  return decision.value;
};

/** The template after the seller took every step of R7 and R8 up to confirm. */
export function confirmedByHand<T extends ShippingTemplate>(template: T): T {
  const generalAddressId = `${template.sellerId}-adr` as AddressId;
  const context: ReviewContext = {
    seller: sellerRow(template.sellerId, { generalAddressId }),
    addresses: [{ id: generalAddressId, sellerId: template.sellerId, address: warehouse }],
    currentSetting: null,
    suspensions: { active: [], version: 0 },
    now,
  };
  const on = granted(switchAutomationOn(template, context));
  const chosen = granted(chooseShipFrom(on, { shipFrom: [generalAddressId] }, context));
  const reviewed = granted(reviewOptions(granted(switchGlobalExpressOn(chosen)), context));
  return { ...template, ...granted(confirmOptions(reviewed.template, reviewed.review.digest, context)) };
}
