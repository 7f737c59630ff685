import { defineRefusals } from '../refusal/refusal.ts';

/** Why a carrier's service is not offered for a parcel; the codes follow the marketplace's ineligibility reasons. */
export const serviceRefusals = defineRefusals({
  NO_COVERAGE: {
    rule: 'R17',
    en: 'The service does not reach this destination.',
    zh: '该服务不覆盖此目的地。',
    remedyEn: 'Choose another service or carrier.',
    remedyZh: '请选择其他服务或承运商。',
  },
  WEIGHT_RESTRICTIONS: {
    rule: 'R17',
    en: 'The parcel is heavier than the service takes.',
    zh: '包裹重量超出该服务的限制。',
    remedyEn: 'Split the order into lighter parcels or choose another service.',
    remedyZh: '请将订单拆分为更轻的包裹，或选择其他服务。',
  },
  SIZE_RESTRICTIONS: {
    rule: 'R17',
    en: 'The parcel is larger than the service takes.',
    zh: '包裹尺寸超出该服务的限制。',
    remedyEn: 'Use a smaller box or choose another service.',
    remedyZh: '请使用更小的包装，或选择其他服务。',
  },
  LATE_DELIVERY: {
    rule: 'R22',
    en: 'The service would deliver after the promised date.',
    zh: '该服务的送达时间晚于承诺日期。',
    remedyEn: 'Choose a faster service or ship earlier.',
    remedyZh: '请选择更快的服务或提前发货。',
  },
  PROGRAM_CONSTRAINTS: {
    rule: 'R23',
    en: 'The service cannot be used for Global Express: it does not clear customs duty-paid.',
    zh: '该服务不能用于全球快递：不支持完税清关 (DDP)。',
    remedyEn: 'Choose a duty-paid (DDP) service.',
    remedyZh: '请选择完税 (DDP) 服务。',
  },
  CARRIER_CANNOT_SHIP_TO_POBOX: {
    rule: 'R17',
    en: 'The carrier does not deliver to a PO box.',
    zh: '该承运商不派送至邮政信箱。',
    remedyEn: 'Choose a carrier that delivers to PO boxes, or ask the buyer for a street address.',
    remedyZh: '请选择可派送邮政信箱的承运商，或请买家提供街道地址。',
  },
  DANGEROUS_GOODS_NOT_ACCEPTED: {
    rule: 'R5',
    en: 'The service does not carry dangerous goods.',
    zh: '该服务不承运危险品。',
    remedyEn: 'Choose a service that accepts them, or ship without those items.',
    remedyZh: '请选择接受危险品的服务，或不寄送这些商品。',
  },
  VALUE_RESTRICTIONS: {
    rule: 'R17',
    en: 'The declared value is higher than the service takes.',
    zh: '申报价值超出该服务的限制。',
    remedyEn: 'Split the order into parcels of lower value or choose another service.',
    remedyZh: '请拆分为价值更低的包裹，或选择其他服务。',
  },
  TEMPORARILY_UNAVAILABLE: {
    rule: 'R17',
    en: 'The carrier does not answer at the moment, or takes no more requests.',
    zh: '承运商暂时无响应，或暂不接受更多请求。',
    remedyEn: 'Choose an offer of another carrier, or ask for a quote again in a minute.',
    remedyZh: '请选择其他承运商的报价，或一分钟后重新询价。',
  },
  UNKNOWN: {
    rule: 'R17',
    en: 'The carrier does not offer the service and gave no reason this programme knows.',
    zh: '承运商未提供该服务，且未说明本计划可识别的原因。',
    remedyEn: 'Choose another service or carrier.',
    remedyZh: '请选择其他服务或承运商。',
  },
});

export type ServiceRefusalCode = keyof typeof serviceRefusals.texts;
