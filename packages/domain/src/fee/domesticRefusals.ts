import { defineRefusals } from '../refusal/refusal.ts';

/** What can be wrong with the domestic half of a template (R9). */
export const domesticRefusals = defineRefusals({
  'domestic.standard_missing': {
    rule: 'R9',
    en: 'Standard shipping is missing; every template must offer it.',
    zh: '缺少标准配送；每个模板都必须提供标准配送。',
    remedyEn: 'Add the service level "standard" with transit days and a fee.',
    remedyZh: '请添加服务级别 “standard”，并填写运输天数和运费。',
  },
  'domestic.level_unknown': {
    rule: 'R9',
    en: 'This is not a domestic service level.',
    zh: '这不是国内配送的服务级别。',
    remedyEn: 'Use standard, free_economy, expedited, two_day or one_day.',
    remedyZh: '请使用 standard、free_economy、expedited、two_day 或 one_day。',
  },
  'domestic.level_repeated': {
    rule: 'R9',
    en: 'The service level {level} is given twice.',
    zh: '服务级别 {level} 出现了两次。',
    remedyEn: 'Give each service level once.',
    remedyZh: '每个服务级别只填写一次。',
  },
  'domestic.transit_days_invalid': {
    rule: 'R9',
    en: 'Transit days are whole business days, the shortest not above the longest.',
    zh: '运输天数必须为整数个工作日，且最短天数不得大于最长天数。',
    remedyEn: 'Give min and max with 1 ≤ min ≤ max.',
    remedyZh: '请填写 min 和 max，并满足 1 ≤ min ≤ max。',
  },
  'domestic.transit_days_too_long': {
    rule: 'R9',
    en: 'The service level {level} must arrive within {limit} business days.',
    zh: '服务级别 {level} 必须在 {limit} 个工作日内送达。',
    remedyEn: 'Promise at most {limit} days, or use a slower service level.',
    remedyZh: '请承诺不超过 {limit} 天，或改用较慢的服务级别。',
  },
  'domestic.free_economy_charged': {
    rule: 'R9',
    en: 'Free economy shipping cannot have a fee.',
    zh: '免费经济配送不能收取运费。',
    remedyEn: 'Set its fee to zero, or offer standard shipping instead.',
    remedyZh: '请将其运费设为 0，或改为提供标准配送。',
  },
  'domestic.fee_currency': {
    rule: 'R9',
    en: 'Domestic fees are in USD.',
    zh: '国内运费必须使用 USD。',
    remedyEn: 'Give the fee in USD.',
    remedyZh: '请以 USD 填写运费。',
  },
  'domestic.rate_model_mixed': {
    rule: 'R9',
    en: 'The service levels mix fees by shipment with fees by price band.',
    zh: '各服务级别混用了按货件计费和按价格区间计费。',
    remedyEn: 'Use one rate model for the whole template: {rateModel}.',
    remedyZh: '整个模板请使用同一种计费方式：{rateModel}。',
  },
});
