import { defineRefusals } from '../refusal/refusal.ts';

/** Why a seller or a choice of templates cannot be enrolled or deactivated. */
export const enrollmentRefusals = defineRefusals({
  'seller.not_in_united_states': {
    rule: 'R1',
    en: 'The programme is open to sellers in the United States only; this account is in {country}.',
    zh: '本计划目前仅面向美国的卖家开放；该账户所在国家/地区为 {country}。',
    remedyEn: 'Nothing can be done with this account; a United States account of the same business can join.',
    remedyZh: '该账户无法加入；同一企业的美国账户可以加入。',
  },
  'enrollment.not_invited': {
    rule: 'R1',
    en: 'There is no open invitation for this account.',
    zh: '该账户没有有效的邀请。',
    remedyEn: 'Use the link of the invitation e-mail, or send an inquiry to be invited.',
    remedyZh: '请使用邀请电子邮件中的链接，或提交问询以获得邀请。',
  },
  'enrollment.template_unknown': {
    rule: 'R4',
    en: 'You have no template {templateId}.',
    zh: '您没有模板 {templateId}。',
    remedyEn: 'Name templates of your account, or leave the list out for all of them.',
    remedyZh: '请填写您账户中的模板；如需选择全部模板，请去掉该列表。',
  },
  'enrollment.scope_empty': {
    rule: 'R4',
    en: 'The list of templates is empty.',
    zh: '模板列表为空。',
    remedyEn: 'Name at least one template, or leave the list out for all of them.',
    remedyZh: '请至少填写一个模板；如需选择全部模板，请去掉该列表。',
  },
  'enrollment.superseded': {
    rule: 'R3',
    en: 'A newer command has already decided about this enrollment.',
    zh: '更新的操作已经决定了该注册的状态。',
    remedyEn: 'Look at the enrollment as it is now and decide again.',
    remedyZh: '请查看注册的当前状态后再决定。',
  },
});
