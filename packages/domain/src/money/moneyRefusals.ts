import { defineRefusals } from '../refusal/refusal.ts';

/** What can be wrong with an amount as written; fees are where sellers write amounts (R10). */
export const moneyRefusals = defineRefusals({
  'money.currency_unknown': {
    rule: 'R10',
    en: 'The currency is not one the programme settles in.',
    zh: '本计划不以该货币结算。',
    remedyEn: 'Use USD, CAD, MXN, GBP, EUR, JPY or CNY.',
    remedyZh: '请使用 USD、CAD、MXN、GBP、EUR、JPY 或 CNY。',
  },
  'money.malformed': {
    rule: 'R10',
    en: 'The amount is not a plain decimal number.',
    zh: '金额不是普通的十进制数字。',
    remedyEn: 'Write digits with at most one decimal point and no grouping, for instance 17.00.',
    remedyZh: '请只写数字和至多一个小数点，不要使用千位分隔符，例如 17.00。',
  },
  'money.too_precise': {
    rule: 'R10',
    en: 'The amount has more than {exponent} decimals, the most that {currency} has.',
    zh: '金额的小数位超过 {exponent} 位，而 {currency} 最多只有 {exponent} 位。',
    remedyEn: 'Round the amount to {exponent} decimals.',
    remedyZh: '请将金额保留到 {exponent} 位小数。',
  },
});
