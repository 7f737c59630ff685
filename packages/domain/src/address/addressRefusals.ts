import { defineRefusals, type RefusalParams } from '../refusal/refusal.ts';
import type { AddressField } from './addressFields.ts';

/** Refusals of United States addresses (R6). Params never carry what was written, only limits and state codes. */
export const addressRefusals = defineRefusals({
  'address.required': {
    rule: 'R6',
    en: 'This part of the address is missing.',
    zh: '地址缺少此项内容。',
    remedyEn: 'Fill in name, street, city, state, ZIP code and country.',
    remedyZh: '请填写姓名、街道、城市、州、邮政编码和国家/地区。',
  },
  'address.too_long': {
    rule: 'R6',
    en: 'This part of the address has more than {limit} characters.',
    zh: '此项内容超过 {limit} 个字符。',
    remedyEn: 'Shorten it to {limit} characters or move some of it to the second line.',
    remedyZh: '请缩短至 {limit} 个字符以内,或将部分内容移到地址第二行。',
  },
  'address.po_box': {
    rule: 'R6',
    en: 'This is a post office box. The shipping address must be a street address in the United States.',
    zh: '这是邮政信箱。配送地址必须是美国境内的街道地址。',
    remedyEn: 'Give the street address where carriers collect your packages and remove the box.',
    remedyZh: '请填写承运人上门取件的街道地址,并删除邮政信箱。',
  },
  'address.private_mailbox': {
    rule: 'R6',
    en: 'This names a mailbox behind a street address. Carriers may not be able to collect packages there.',
    zh: '此街道地址后附有私人信箱号,承运人可能无法在该处取件。',
    remedyEn: 'If packages are collected elsewhere, give that street address instead.',
    remedyZh: '如果实际取件地点不同,请改填实际取件的街道地址。',
  },
  'address.general_delivery': {
    rule: 'R6',
    en: 'Mail held at a post office counter is not a street address.',
    zh: '邮局存局候领不是街道地址。',
    remedyEn: 'Give the street address where carriers collect your packages.',
    remedyZh: '请填写承运人上门取件的街道地址。',
  },
  'address.territory': {
    rule: 'R6',
    en: 'Addresses in United States territories and freely associated states cannot be used; only the 50 states and DC.',
    zh: '不接受美国海外领地及自由联系邦的地址,仅限美国 50 个州及华盛顿哥伦比亚特区。',
    remedyEn: 'Choose an address in one of the 50 states or the District of Columbia.',
    remedyZh: '请选择位于 50 个州或哥伦比亚特区的地址。',
  },
  'address.military': {
    rule: 'R6',
    en: 'Military and diplomatic post (APO, FPO, DPO) cannot be used as a shipping address.',
    zh: '军事或外交邮政地址(APO、FPO、DPO)不能用作配送地址。',
    remedyEn: 'Choose a street address in one of the 50 states or the District of Columbia.',
    remedyZh: '请选择位于 50 个州或哥伦比亚特区的街道地址。',
  },
  'address.not_us': {
    rule: 'R6',
    en: 'The shipping address must be in the United States.',
    zh: '配送地址必须位于美国。',
    remedyEn: 'Choose an address in the United States and give its country as US.',
    remedyZh: '请选择美国境内的地址,并将国家/地区填写为 US。',
  },
  'address.not_latin': {
    rule: 'R6',
    en: 'This part of the address has letters that carriers cannot print on a label.',
    zh: '此项内容包含承运人无法在标签上打印的字符。',
    remedyEn: 'Write it in Latin letters, as on a United States label.',
    remedyZh: '请使用拉丁字母(英文)填写,与美国快递标签上的写法一致。',
  },
  'address.unknown_state': {
    rule: 'R6',
    en: 'This is not a state of the United States.',
    zh: '这不是美国的州。',
    remedyEn: 'Give the two-letter state code, for instance CA.',
    remedyZh: '请填写两位字母的州代码,例如 CA。',
  },
  'address.zip_format': {
    rule: 'R6',
    en: 'This is not a ZIP code.',
    zh: '邮政编码格式不正确。',
    remedyEn: 'Give five digits, or nine as 12345-6789.',
    remedyZh: '请填写 5 位数字,或 12345-6789 格式的 9 位数字。',
  },
  'address.zip_not_in_use': {
    rule: 'R6',
    en: 'No place in the United States has a ZIP code that begins like this.',
    zh: '美国没有以此开头的邮政编码。',
    remedyEn: 'Check the first three digits of the ZIP code.',
    remedyZh: '请检查邮政编码的前三位数字。',
  },
  'address.zip_state_mismatch': {
    rule: 'R6',
    en: 'This ZIP code belongs to {zipState}, the address says {state}.',
    zh: '此邮政编码属于 {zipState},而地址中的州为 {state}。',
    remedyEn: 'Correct the ZIP code or the state.',
    remedyZh: '请更正邮政编码或州。',
  },
  'address.zip_crosses_state': {
    rule: 'R6',
    en: 'This ZIP code mostly serves {zipState} and a few places in {state}.',
    zh: '此邮政编码主要用于 {zipState},仅少数地点位于 {state}。',
    remedyEn: 'Check that the state is {state}; nothing else is needed.',
    remedyZh: '请确认州为 {state};无需其他操作。',
  },
});

/** Takes note of a refusal or a warning about one field. */
export type RaiseAddress = (
  code: keyof typeof addressRefusals.texts,
  field: AddressField,
  params?: RefusalParams,
) => void;
