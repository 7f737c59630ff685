import { defineRefusals } from '../refusal/refusal.ts';

/** Refusals of buyers' addresses abroad (R24). */
export const deliveryAddressRefusals = defineRefusals({
  'delivery_address.required': {
    rule: 'R24',
    en: 'This part of the delivery address is missing.',
    zh: '收货地址缺少此项内容。',
    remedyEn: 'Fill in name, street, city and country.',
    remedyZh: '请填写姓名、街道、城市和国家/地区。',
  },
  'delivery_address.too_long': {
    rule: 'R24',
    en: 'This part of the delivery address has more than {limit} characters.',
    zh: '收货地址的此项内容超过 {limit} 个字符。',
    remedyEn: 'Shorten it to {limit} characters.',
    remedyZh: '请缩短至 {limit} 个字符以内。',
  },
  'delivery_address.country_unknown': {
    rule: 'R24',
    en: 'The country is not a two-letter code of ISO 3166-1.',
    zh: '国家/地区不是 ISO 3166-1 两位字母代码。',
    remedyEn: 'Give the two-letter code, for instance DE.',
    remedyZh: '请填写两位字母代码,例如 DE。',
  },
  'delivery_address.in_us': {
    rule: 'R24',
    en: 'Global Express delivers abroad; an address in the United States or its territories is a domestic order.',
    zh: '全球快递仅配送至美国境外;美国及其海外领地的地址属于国内订单。',
    remedyEn: 'Send the order as a domestic order.',
    remedyZh: '请将此订单作为国内订单提交。',
  },
  'delivery_address.po_box': {
    rule: 'R24',
    en: 'Express carriers often do not deliver to post office boxes.',
    zh: '快递承运人通常不派送至邮政信箱。',
    remedyEn: 'Ask the buyer for a street address and a phone number.',
    remedyZh: '请向买家索取街道地址和电话号码。',
  },
});
