import { defineRefusals } from '../refusal/refusal.ts';

/** What can be wrong with a destination as chosen (R11) or ordered to (R24). */
export const destinationRefusals = defineRefusals({
  'destination.malformed': {
    rule: 'R11',
    en: 'This is neither a country code nor a region code.',
    zh: '这既不是国家/地区代码，也不是区域代码。',
    remedyEn: 'Write a country as two capital letters (FR) or a region as M49- and three digits (M49-155).',
    remedyZh: '国家/地区请写两个大写字母（如 FR），区域请写 M49- 加三位数字（如 M49-155）。',
  },
  'destination.country_unknown': {
    rule: 'R11',
    en: '{code} is not a country code of ISO 3166-1.',
    zh: '{code} 不是 ISO 3166-1 中的国家/地区代码。',
    remedyEn: 'Choose a code from the destination tree; the United Kingdom is GB.',
    remedyZh: '请从目的地列表中选择代码；英国为 GB。',
  },
  'destination.region_unknown': {
    rule: 'R11',
    en: '{code} is not a region that can be chosen.',
    zh: '{code} 不是可选的区域。',
    remedyEn: 'Choose a region from the destination tree; to leave every destination, deactivate the programme.',
    remedyZh: '请从目的地列表中选择区域；如不希望销往任何目的地，请停用本计划。',
  },
  'destination.domestic': {
    rule: 'R11',
    en: '{code} is United States soil and never a destination of the programme.',
    zh: '{code} 属于美国境内，不是本计划的目的地。',
    remedyEn: 'Leave it out; domestic shipping settings decide about it.',
    remedyZh: '请去掉该项；美国境内由国内配送设置决定。',
  },
  'destination.list_too_long': {
    rule: 'R11',
    en: 'The list has {count} destinations; at most {limit} can be named.',
    zh: '列表中有 {count} 个目的地；最多可填写 {limit} 个。',
    remedyEn: 'Name each destination once, or name regions.',
    remedyZh: '每个目的地只写一次，或改用区域。',
  },
  'destination.embargoed': {
    rule: 'R24',
    en: 'Trade with {country} is barred, so the programme does not deliver there.',
    zh: '与 {country} 的贸易受到限制，本计划不向该地配送。',
    remedyEn: 'Nothing can be done; the product can be sold to the other destinations.',
    remedyZh: '无法处理；商品仍可销往其他目的地。',
  },
  'destination.unserved': {
    rule: 'R24',
    en: 'No carrier of the programme delivers to {country}.',
    zh: '本计划的承运人均不向 {country} 配送。',
    remedyEn: 'Nothing can be done; the product can be sold to the other destinations.',
    remedyZh: '无法处理；商品仍可销往其他目的地。',
  },
});
