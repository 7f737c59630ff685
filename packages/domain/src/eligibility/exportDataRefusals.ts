import { defineRefusals } from '../refusal/refusal.ts';

/** What is missing from a product's export data, or cannot be right (R5). */
export const exportDataRefusals = defineRefusals({
  'export_data.missing': {
    rule: 'R5',
    en: 'The product has no export data yet.',
    zh: '该商品尚无出口数据。',
    remedyEn: 'Send category, HS code, origin country, weight and value.',
    remedyZh: '请提供类别、HS 编码、原产国/地区、重量和价值。',
  },
  'export.category_unknown': {
    rule: 'R5',
    en: 'The product has no known category.',
    zh: '商品没有已知的类别。',
    remedyEn: 'Send a category of the list.',
    remedyZh: '请使用类别列表中的类别。',
  },
  'export.hs_code_missing': {
    rule: 'R5',
    en: 'The HS code is missing.',
    zh: '缺少 HS 编码。',
    remedyEn: 'Send the HS code, at least its first 6 digits.',
    remedyZh: '请提供 HS 编码，至少前 6 位。',
  },
  'export.hs_code_malformed': {
    rule: 'R5',
    en: 'The HS code does not have 6 to 10 digits, or its chapter does not exist.',
    zh: 'HS 编码不是 6 至 10 位数字，或其章不存在。',
    remedyEn: 'Send 6 to 10 digits; dots between them are allowed.',
    remedyZh: '请提供 6 至 10 位数字；数字之间可以有点号。',
  },
  'export.origin_missing': {
    rule: 'R5',
    en: 'The country of origin is missing.',
    zh: '缺少原产国/地区。',
    remedyEn: 'Send where the product was made, as a code of ISO 3166-1.',
    remedyZh: '请以 ISO 3166-1 代码提供商品的原产国/地区。',
  },
  'export.origin_unknown': {
    rule: 'R5',
    en: 'The country of origin is not a code of ISO 3166-1.',
    zh: '原产国/地区不是 ISO 3166-1 代码。',
    remedyEn: 'Send two capital letters, for instance US or CN.',
    remedyZh: '请提供两个大写字母，例如 US 或 CN。',
  },
  'export.weight_missing': {
    rule: 'R5',
    en: 'The weight is missing or not a whole number of grams above zero.',
    zh: '缺少重量，或重量不是大于 0 的整数克。',
    remedyEn: 'Send the weight of one item as shipped, in grams.',
    remedyZh: '请以克为单位提供单件商品的发货重量。',
  },
  'export.value_missing': {
    rule: 'R5',
    en: 'The customs value is missing or not an amount above zero.',
    zh: '缺少申报价值，或申报价值不是大于 0 的金额。',
    remedyEn: 'Send the value of one item in minor units with its currency.',
    remedyZh: '请以最小货币单位提供单件商品的价值及货币。',
  },
});
