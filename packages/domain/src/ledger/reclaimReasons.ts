import { type CarrierRefusalCode, carrierRefusals } from '../carrier/carrierRefusals.ts';
import { defineRefusals, type Refusal } from '../refusal/refusal.ts';
import type { ChargeReclaim, OwnReclaimReason } from './chargeReclaim.ts';

const byHand = {
  rule: 'R23',
  remedyEn: 'Have the carrier asked again, or ask it for the money back by hand.',
  remedyZh: '请再次向承运商提出请求，或人工申请退款。',
} as const;

/** Why a charge was not taken back, as the operator reads it. */
export const reclaimReasons = defineRefusals<`reclaim.${OwnReclaimReason}`>({
  'reclaim.own_shipment': {
    rule: 'R23',
    en: 'The charge is that of the label itself.',
    zh: '该费用属于标签本身。',
    remedyEn: 'Nothing was asked of the carrier. Void the label where it is not used.',
    remedyZh: '未向承运商提出任何请求。如不使用该标签，请将其作废。',
  },
  'reclaim.label_open': {
    ...byHand,
    en: 'The label of this reference is open, so nobody knows which of its charges it will keep.',
    zh: '该参考号对应的标签尚未了结，无法确定应保留哪一笔费用。',
    remedyEn: 'Nothing was asked of the carrier. Once the label is settled, have the carrier asked again.',
    remedyZh: '未向承运商提出任何请求。待标签了结后，请再次向承运商提出请求。',
  },
  'reclaim.carrier_silent': {
    ...byHand,
    en: 'The carrier never answered whether it took the charge back.',
    zh: '承运商始终未答复是否退还该费用。',
  },
  'reclaim.given_up': {
    ...byHand,
    en: 'Asking the carrier failed again and again and was given up.',
    zh: '向承运商提出请求多次失败，已停止。',
  },
});

/** Why a charge is not asked for again. */
export const reclaimRefusals = defineRefusals({
  'reclaim.not_refused': {
    rule: 'R23',
    en: 'The charge is not asked for again: it is {state}.',
    zh: '不会再次请求退还该费用：其状态为 {state}。',
    remedyEn:
      'Only what ended refused is asked for again; what is requested or sent is being asked for, what is given is given.',
    remedyZh: '只有已被拒绝的请求才能再次提出；requested 或 sent 表示正在请求，given 表示已退还。',
  },
});

const isCarrierCode = (reason: string): reason is CarrierRefusalCode => Object.hasOwn(carrierRefusals.texts, reason);
const isOwn = (code: string): code is `reclaim.${OwnReclaimReason}` => Object.hasOwn(reclaimReasons.texts, code);

/** Why a charge was not taken back, with its texts; null where nothing stands against it. */
export function reclaimProblem({ reason }: Pick<ChargeReclaim, 'reason'>): Refusal | null {
  if (reason === null) return null;
  if (isCarrierCode(reason)) return carrierRefusals.refusal(reason, '');
  const code = `reclaim.${reason}`;
  return isOwn(code) ? reclaimReasons.refusal(code, '') : carrierRefusals.refusal('carrier.refused', '');
}
