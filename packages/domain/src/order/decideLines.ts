import { screenProduct } from '../eligibility/screening.ts';
import type { CountryCode } from '../identity/ids.ts';
import type { Refusal } from '../refusal/refusal.ts';
import { writtenParam } from '../refusal/writtenParam.ts';
import { whyNotOffered, withExclusionsNow } from '../region/offeredDestinations.ts';
import type { OrderLine } from './order.ts';
import { orderRefusals } from './orderRefusals.ts';
import type { CheckoutRequest, OrderContext, OrderLineRequest } from './orderRequest.ts';

const at = (line: number, refusal: Refusal): Refusal => ({ ...refusal, field: `/lines/${line}` });

/**
 * Decides every line at this moment: for GE orders the SKU must be known, its template must sell to the destination
 * (R4, R11, R13) and the product must pass the screening for it (R5). Domestic lines are accepted as they are.
 */
export const decideLines = (request: CheckoutRequest, context: OrderContext): readonly OrderLine[] =>
  request.lines.map((line, i) =>
    request.isGlobalExpress ? decideGeLine(line, i, request.destination, context) : domesticLine(line),
  );

const domesticLine = (line: OrderLineRequest): OrderLine => ({
  lineId: line.lineId,
  sku: line.sku,
  quantity: line.quantity,
  unitPrice: line.unitPrice,
  accepted: true,
  refusals: [],
  templateId: null,
  templateVersion: null,
  settingVersion: null,
  confirmedQuantity: 0,
});

function decideGeLine(
  line: OrderLineRequest,
  i: number,
  destination: CountryCode,
  { skus, templates, setting, suspensions, now }: OrderContext,
): OrderLine {
  const sku = skus.get(line.sku);
  const template = sku && templates.get(sku.templateId);
  if (!sku || !template) {
    const unknown = orderRefusals.refusal('order.sku_unknown', `/lines/${i}`, { sku: writtenParam(line.sku, 40) });
    return { ...domesticLine(line), accepted: false, refusals: [unknown] };
  }
  const offered = whyNotOffered(template, destination, { setting, suspensions: suspensions.active, now });
  const product = screenProduct(sku.exportData, destination, now).findings.map(({ reason }) => reason);
  // Both look at the destination; one reason of a kind says enough.
  const reasons = new Map([...offered, ...product].map((refusal) => [refusal.code, at(i, refusal)]));
  const accepted = reasons.size === 0;
  const { title, exportData } = sku;
  return {
    ...domesticLine(line),
    accepted,
    ...(accepted && { goods: { title, exportData } }),
    refusals: [...reasons.values()],
    templateId: template.id,
    templateVersion: template.version,
    settingVersion: withExclusionsNow(template, setting).appliedSettingVersion,
  };
}
