import { defineRefusals } from '../refusal/refusal.ts';

/** Why a choice of destinations cannot be saved, or a destination not be suspended or offered. */
export const regionSettingRefusals = defineRefusals({
  'region.setting_unserved': {
    rule: 'R11',
    en: '{code} is kept as excluded, but the programme does not deliver there at present.',
    zh: '{code} 已保留为排除项，但本计划目前不向该地配送。',
    remedyEn: 'Nothing needs to be done; it stays excluded should it be served one day.',
    remedyZh: '无需任何操作；即使以后开通配送，该地仍会被排除。',
  },
  'suspension.already_active': {
    rule: 'R13',
    en: '{destination} is suspended already.',
    zh: '{destination} 已处于暂停状态。',
    remedyEn: 'Lift that suspension first if its reason has changed.',
    remedyZh: '如原因有变，请先解除现有的暂停。',
  },
  'suspension.already_lifted': {
    rule: 'R13',
    en: 'This suspension of {destination} was lifted before.',
    zh: '对 {destination} 的此项暂停已被解除。',
    remedyEn: 'Nothing is left to lift; look for another suspension around the same destination.',
    remedyZh: '无需再次解除；请查看是否有涵盖同一目的地的其他暂停。',
  },
  'suspension.reason_invalid': {
    rule: 'R13',
    en: 'The reason is empty or longer than {limit} characters.',
    zh: '原因为空或超过 {limit} 个字符。',
    remedyEn: 'Say in a sentence why the destination is stopped.',
    remedyZh: '请用一句话说明暂停该目的地的原因。',
  },
  'template.not_exporting': {
    rule: 'R4',
    en: 'The shipping template of this product is not enabled for Global Express.',
    zh: '该商品的配送模板未启用全球快递。',
    remedyEn: 'Enable Global Express in the template, or assign the SKU to one that has it.',
    remedyZh: '请在该模板中启用全球快递，或将 SKU 分配给已启用的模板。',
  },
  'template.destination_excluded': {
    rule: 'R11',
    en: 'The seller has excluded {country} from the programme.',
    zh: '卖家已将 {country} 从本计划中排除。',
    remedyEn: 'Save the region setting without this destination to sell there again.',
    remedyZh: '如需恢复销售，请保存不含该目的地的区域设置。',
  },
  'template.destination_suspended': {
    rule: 'R13',
    en: 'The programme has suspended {country}.',
    zh: '本计划已暂停向 {country} 销售。',
    remedyEn: 'Wait until the suspension is lifted; nothing has to be changed in the template.',
    remedyZh: '请等待暂停解除；模板无需修改。',
  },
});
