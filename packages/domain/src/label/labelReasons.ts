import { type CarrierRefusalCode, carrierRefusals } from '../carrier/carrierRefusals.ts';
import { formatMoney } from '../money/moneyText.ts';
import { defineRefusals, type Refusal } from '../refusal/refusal.ts';
import type { LabelPurchase } from './labelPurchase.ts';

/** What a label keeps as its reason where no carrier gave one. */
export type OwnLabelReason =
  | 'no_key_and_no_look_up'
  | 'key_expired'
  | 'request_changed'
  | 'look_ups_exhausted'
  | 'given_up'
  | 'order_cancelled'
  | 'destination_suspended'
  | 'address_erased'
  | 'carrier_not_configured'
  | 'ship_from_missing'
  | 'voided_at_carrier'
  | 'resolved_not_bought'
  | 'carrier_silent'
  | 'service_not_offered'
  | 'protection_not_offered'
  | 'price_not_tolerated'
  | 'batch_cancelled';

const unresolved = {
  rule: 'R17',
  remedyEn: 'The operator looks it up at the carrier and settles it; nothing is bought a second time meanwhile.',
  remedyZh: '由运营人员向承运商核实后处理；在此之前不会重复购买。',
} as const;

/** Why a label was refused, parked or not voided, as its seller and the operator read it. */
export const labelReasons = defineRefusals<`purchase.${OwnLabelReason}`>({
  'purchase.no_key_and_no_look_up': {
    ...unresolved,
    en: 'The answer of the carrier was lost, and this carrier has no way to find out what became of the purchase.',
    zh: '承运商的答复丢失，且该承运商无法查询购买结果。',
  },
  'purchase.key_expired': {
    ...unresolved,
    en: 'The answer of the carrier was lost, and the time in which the purchase can be repeated safely has passed.',
    zh: '承运商的答复丢失，且可安全重复请求的期限已过。',
  },
  'purchase.request_changed': {
    ...unresolved,
    en: 'The address or the order changed after the purchase was sent, so it cannot be repeated safely.',
    zh: '购买请求发出后地址或订单有变更，无法安全重复请求。',
  },
  'purchase.look_ups_exhausted': {
    ...unresolved,
    en: 'The carrier did not say in many look-ups whether the label was bought.',
    zh: '多次查询后，承运商仍未说明标签是否已购买。',
  },
  'purchase.given_up': {
    ...unresolved,
    en: 'Work on this label failed again and again and was given up.',
    zh: '对该标签的处理多次失败，已停止。',
    remedyEn:
      'A refused label cost nothing and can be asked for again; of any other the operator finds out what holds.',
    remedyZh: '状态为 refused 的标签不产生费用，可重新购买；其他情况由运营人员核实。',
  },
  'purchase.order_cancelled': {
    rule: 'R17',
    en: 'The order was cancelled before the label was bought.',
    zh: '购买标签之前订单已取消。',
    remedyEn: 'Nothing was charged; do not ship the parcel.',
    remedyZh: '未产生费用；请勿发货。',
  },
  'purchase.destination_suspended': {
    rule: 'R13',
    en: 'The programme suspended shipping to the destination before the label was bought.',
    zh: '购买标签之前，本计划已暂停向该目的地发货。',
    remedyEn: 'Nothing was charged; buy a label once the suspension is lifted and the order is pending again.',
    remedyZh: '未产生费用；请待暂停解除、订单恢复为待处理后再购买标签。',
  },
  'purchase.address_erased': {
    rule: 'R17',
    en: 'The delivery address of the order had been erased before the label was bought.',
    zh: '购买标签之前，订单的收货地址已被删除。',
    remedyEn: 'Nothing was charged; retention time has passed and the order can no longer be shipped.',
    remedyZh: '未产生费用；保留期限已过，该订单不能再发货。',
  },
  'purchase.carrier_not_configured': {
    rule: 'R17',
    en: 'The carrier of the label is no longer served.',
    zh: '该标签的承运商已停止提供服务。',
    remedyEn: 'Nothing was charged; ask for offers again and choose another carrier.',
    remedyZh: '未产生费用；请重新获取报价并选择其他承运商。',
  },
  'purchase.ship_from_missing': {
    rule: 'R17',
    en: 'The ship-from address the label was asked for has been deleted.',
    zh: '购买标签所用的发货地址已被删除。',
    remedyEn: 'Nothing was charged; give the template a ship-from address and buy again.',
    remedyZh: '未产生费用；请为模板设置发货地址后再购买。',
  },
  'purchase.voided_at_carrier': {
    rule: 'R17',
    en: 'The label had already been voided at the carrier when the purchase was looked up.',
    zh: '查询购买结果时，该标签已在承运商处作废。',
    remedyEn: 'Nothing is charged; buy another label.',
    remedyZh: '不产生费用；请另购标签。',
  },
  'purchase.resolved_not_bought': {
    rule: 'R17',
    en: 'The operator found that the carrier had sold nothing.',
    zh: '运营人员核实承运商并未售出该标签。',
    remedyEn: 'Nothing was charged; buy another label.',
    remedyZh: '未产生费用；请另购标签。',
  },
  'purchase.carrier_silent': {
    rule: 'R17',
    en: 'The carrier never answered whether it took the label back.',
    zh: '承运商始终未答复标签是否已作废。',
    remedyEn: 'The label counts as bought; ask for the void again, or have the operator clear it with the carrier.',
    remedyZh: '该标签视为已购买；请再次申请作废，或由运营人员与承运商核实。',
  },
  'purchase.service_not_offered': {
    rule: 'R17',
    en: 'The offer had ended before the label was bought, and the carrier no longer offers the service for this parcel.',
    zh: '购买标签之前报价已过期，且承运商不再为该包裹提供此服务。',
    remedyEn: 'Nothing was charged; ask for offers again and choose another service.',
    remedyZh: '未产生费用；请重新获取报价并选择其他服务。',
  },
  'purchase.protection_not_offered': {
    rule: 'R22',
    en: 'The offer had ended before the label was bought, and the service no longer carries claims protection.',
    zh: '购买标签之前报价已过期，且该服务不再附带索赔保护。',
    remedyEn: 'Nothing was charged; ask for offers again, for a protected service or for one without protection.',
    remedyZh: '未产生费用；请重新获取报价，选择带保护的服务或不带保护的服务。',
  },
  'purchase.price_not_tolerated': {
    rule: 'R17',
    en: 'The offer had ended before the label was bought; the service now costs {requoted} instead of {quoted}, which is more than the tolerance allows.',
    zh: '购买标签之前报价已过期；该服务现价为 {requoted}，原价为 {quoted}，超出允许的差额。',
    remedyEn: 'Nothing was charged; ask for offers again, or allow more with priceTolerance.',
    remedyZh: '未产生费用；请重新获取报价，或通过 priceTolerance 允许更大的差额。',
  },
  'purchase.batch_cancelled': {
    rule: 'R17',
    en: 'The rest of its label batch was cancelled before the label was bought.',
    zh: '购买标签之前，其所属标签批次的剩余部分已被取消。',
    remedyEn: 'Nothing was charged; ask for the label again where it is still wanted.',
    remedyZh: '未产生费用；如仍需要，请重新购买该标签。',
  },
});

const isCarrierCode = (reason: string): reason is CarrierRefusalCode => Object.hasOwn(carrierRefusals.texts, reason);
const isOwn = (code: string): code is `purchase.${OwnLabelReason}` => Object.hasOwn(labelReasons.texts, code);

/** The reason a label carries, as a refusal with its texts; null where it carries none. */
export function labelProblem({
  reason,
  quoted,
  requoted,
}: Pick<LabelPurchase, 'reason' | 'quoted' | 'requoted'>): Refusal | null {
  if (reason === null) return null;
  if (isCarrierCode(reason)) return carrierRefusals.refusal(reason, '');
  const code = `purchase.${reason}`;
  if (!isOwn(code)) return carrierRefusals.refusal('carrier.refused', '');
  if (code !== 'purchase.price_not_tolerated') return labelReasons.refusal(code, '');
  return labelReasons.refusal(code, '', { quoted: formatMoney(quoted), requoted: formatMoney(requoted ?? quoted) });
}
