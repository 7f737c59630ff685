import { defineRefusals, type RefusalTexts } from '../refusal/refusal.ts';

const domesticOnly = {
  remedyEn: 'The product stays for sale in the United States only. If its dangerous-goods data is wrong, correct it.',
  remedyZh: '该商品只能在美国境内销售。如果危险品数据有误，请更正。',
};

const reason = (en: string, zh: string): RefusalTexts => ({ rule: 'R5', en, zh, ...domesticOnly });

/** Why dangerous goods may not fly with the programme's carriers (R5). */
export const dangerousGoodsRefusals = defineRefusals({
  'dangerous_goods.un_malformed': {
    rule: 'R5',
    en: 'The UN number is not UN and four digits.',
    zh: 'UN 编号不是 UN 加四位数字。',
    remedyEn: 'Send the number of the safety data sheet, for instance UN3481.',
    remedyZh: '请提供安全数据表上的编号，例如 UN3481。',
  },
  'dangerous_goods.explosive': reason('{unNumber} is an explosive (class 1).', '{unNumber} 属于爆炸品（第 1 类）。'),
  'dangerous_goods.infectious': reason(
    '{unNumber} is an infectious substance (class 6.2).',
    '{unNumber} 属于感染性物质（第 6.2 项）。',
  ),
  'dangerous_goods.radioactive': reason(
    '{unNumber} is radioactive (class 7).',
    '{unNumber} 属于放射性物质（第 7 类）。',
  ),
  'dangerous_goods.regulated': reason(
    '{unNumber} is fully regulated by air, which the programme does not offer.',
    '{unNumber} 在航空运输中属于完全受管制的危险品，本计划不提供该服务。',
  ),
  'lithium.alone': reason(
    'Lithium batteries without their equipment ({unNumber}) are forbidden on passenger aircraft.',
    '不随设备运输的锂电池（{unNumber}）禁止用客机运输。',
  ),
  'lithium.data_missing': {
    rule: 'R5',
    en: 'The battery data is incomplete: {what} is missing or not a positive number.',
    zh: '电池数据不完整：缺少 {what}，或其不是正数。',
    remedyEn: 'Send the figures of the battery test summary.',
    remedyZh: '请提供电池测试概要中的数据。',
  },
  'lithium.data_contradicts': {
    rule: 'R5',
    en: 'The battery data does not fit {unNumber}.',
    zh: '电池数据与 {unNumber} 不符。',
    remedyEn:
      'UN3481 is lithium ion with or in equipment, UN3091 lithium metal with or in equipment; UN3480 and UN3090 are batteries alone.',
    remedyZh:
      'UN3481 为与设备一同包装或安装在设备中的锂离子电池，UN3091 为同样情形的锂金属电池；UN3480 和 UN3090 为单独运输的电池。',
  },
  'lithium.over_limit': reason(
    'The {form} has {figure} {unit}; without full dangerous-goods handling at most {limit} {unit} are allowed.',
    '该电池（{form}）为 {figure} {unit}；不按完全受管制危险品处理时最多允许 {limit} {unit}。',
  ),
  'lithium.net_weight': reason(
    'The package holds {grams} g of batteries; at most {limit} g are allowed.',
    '包裹内电池净重 {grams} 克；最多允许 {limit} 克。',
  ),
  'lithium.charged': {
    rule: 'R5',
    en: 'Batteries packed with equipment travel at a state of charge of at most {limit} %.',
    zh: '与设备一同包装的电池，荷电状态不得超过 {limit} %。',
    remedyEn: 'Ship the batteries at {limit} % or less and state it, or inside the equipment.',
    remedyZh: '请以不超过 {limit} % 的荷电状态发货并注明，或将电池安装在设备中。',
  },
});
