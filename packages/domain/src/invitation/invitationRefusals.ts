import { defineRefusals } from '../refusal/refusal.ts';

/** Why a seller cannot be invited, a link not be used, an inquiry not be taken or decided. */
export const invitationRefusals = defineRefusals({
  'invitation.already_enrolled': {
    rule: 'R1',
    en: 'This seller takes part in the programme already.',
    zh: '该卖家已加入本计划。',
    remedyEn: 'No invitation is needed; further templates can be enabled under shipping settings.',
    remedyZh: '无需邀请；可在配送设置中启用其他模板。',
  },
  'invitation.already_open': {
    rule: 'R1',
    en: 'This seller has an open invitation.',
    zh: '该卖家已有一份有效邀请。',
    remedyEn: 'Use the link of the e-mail that was sent, or reissue that invitation.',
    remedyZh: '请使用已发送邮件中的链接，或重新签发该邀请。',
  },
  'invitation.link_outdated': {
    rule: 'R1',
    en: 'This link has been replaced by a newer one.',
    zh: '此链接已被新的链接取代。',
    remedyEn: 'Use the link of the latest invitation e-mail.',
    remedyZh: '请使用最新邀请邮件中的链接。',
  },
  'invitation.expired': {
    rule: 'R1',
    en: 'This invitation has expired.',
    zh: '此邀请已过期。',
    remedyEn: 'Send an inquiry to be invited again.',
    remedyZh: '请提交问询以再次获得邀请。',
  },
  'invitation.revoked': {
    rule: 'R1',
    en: 'This invitation was revoked.',
    zh: '此邀请已被撤销。',
    remedyEn: 'Send an inquiry if you are still interested.',
    remedyZh: '如仍有兴趣，请提交问询。',
  },
  'invitation.already_accepted': {
    rule: 'R1',
    en: 'This invitation has been used.',
    zh: '此邀请已被使用。',
    remedyEn: 'Look at your enrollment; nothing else is left to do with the link.',
    remedyZh: '请查看您的注册状态；该链接无需再次使用。',
  },
  'invitation.not_open': {
    rule: 'R1',
    en: 'The invitation is {state}; only an open one can be changed so.',
    zh: '该邀请的状态为 {state}；只有有效的邀请才能进行此操作。',
    remedyEn: 'Open a new invitation if the seller is to be invited again.',
    remedyZh: '如需再次邀请该卖家，请新建邀请。',
  },
  'inquiry.already_open': {
    rule: 'R2',
    en: 'Your inquiry is being looked at.',
    zh: '您的问询正在处理中。',
    remedyEn: 'Wait for the answer; there is one case at a time.',
    remedyZh: '请等待答复；每次只能有一个进行中的问询。',
  },
  'inquiry.message_invalid': {
    rule: 'R2',
    en: 'The message is empty or longer than {limit} characters.',
    zh: '内容为空或超过 {limit} 个字符。',
    remedyEn: 'Say in a few sentences why you are interested.',
    remedyZh: '请用几句话说明您的意向。',
  },
  'inquiry.reason_invalid': {
    rule: 'R2',
    en: 'The reason is empty or longer than {limit} characters.',
    zh: '原因为空或超过 {limit} 个字符。',
    remedyEn: 'Say in a sentence why the inquiry is denied; the seller reads it.',
    remedyZh: '请用一句话说明拒绝的原因；卖家会看到该内容。',
  },
  'inquiry.already_decided': {
    rule: 'R2',
    en: 'This inquiry was {state} before.',
    zh: '该问询此前已处理，状态为 {state}。',
    remedyEn: 'Nothing is left to decide; the seller may write a new inquiry.',
    remedyZh: '无需再次处理；卖家可以提交新的问询。',
  },
});
