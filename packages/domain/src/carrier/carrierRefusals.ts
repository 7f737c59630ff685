import { defineRefusals } from '../refusal/refusal.ts';

/** What a carrier answers when it does not do what was asked. Texts are fixed: a carrier's own words may repeat an address. */
export const carrierRefusals = defineRefusals({
  'carrier.offer_expired': {
    rule: 'R17',
    en: 'The offer has expired; offers are good for ten minutes.',
    zh: '报价已过期；报价有效期为十分钟。',
    remedyEn: 'Ask for offers again and buy one of them.',
    remedyZh: '请重新获取报价后再购买。',
  },
  'carrier.offer_invalid': {
    rule: 'R17',
    en: 'The offer does not belong to this shipment.',
    zh: '该报价与此货件不符。',
    remedyEn: 'Ask for offers for this very shipment and buy one of them.',
    remedyZh: '请针对此货件重新获取报价后再购买。',
  },
  'carrier.address_invalid': {
    rule: 'R17',
    en: 'The carrier does not accept the address of sender or recipient.',
    zh: '承运商不接受发件人或收件人的地址。',
    remedyEn: 'Check name, street, city, postal code and phone of both addresses.',
    remedyZh: '请检查双方地址的姓名、街道、城市、邮编和电话。',
  },
  'carrier.destination_not_served': {
    rule: 'R17',
    en: 'The carrier does not serve this destination.',
    zh: '承运商不派送至此目的地。',
    remedyEn: 'Choose an offer of another carrier.',
    remedyZh: '请选择其他承运商的报价。',
  },
  'carrier.parcel_not_accepted': {
    rule: 'R17',
    en: 'The carrier does not accept a parcel of this weight or size.',
    zh: '承运商不接受此重量或尺寸的包裹。',
    remedyEn: 'Check weight and size, or choose another service.',
    remedyZh: '请检查重量和尺寸，或选择其他服务。',
  },
  'carrier.customs_data_invalid': {
    rule: 'R23',
    en: 'The carrier does not accept the customs data.',
    zh: '承运商不接受报关数据。',
    remedyEn: 'Check HS code, origin, value and weight of every line.',
    remedyZh: '请检查每一行的 HS 编码、原产地、价值和重量。',
  },
  'carrier.label_format_not_supported': {
    rule: 'R17',
    en: 'The carrier does not print labels in this format.',
    zh: '承运商不支持此标签格式。',
    remedyEn: 'Choose a format that the offer lists.',
    remedyZh: '请选择报价中列出的格式。',
  },
  'carrier.request_invalid': {
    rule: 'R17',
    en: 'The carrier refused the request as malformed.',
    zh: '承运商认为请求格式有误而拒绝。',
    remedyEn: 'Tell the operator; the request has to be corrected before it is sent again.',
    remedyZh: '请联系运营人员；请求需更正后才能再次发送。',
  },
  'carrier.funds_insufficient': {
    rule: 'R17',
    en: 'The account at the carrier does not cover the charge.',
    zh: '承运商账户余额不足。',
    remedyEn: 'The operator has to fund the account; then buy again.',
    remedyZh: '需由运营人员为账户充值后再购买。',
  },
  'carrier.credentials_refused': {
    rule: 'R17',
    en: 'The carrier did not accept the credentials of the programme.',
    zh: '承运商未接受本计划的凭据。',
    remedyEn: 'The operator has to renew the credentials; then buy again.',
    remedyZh: '需由运营人员更新凭据后再购买。',
  },
  'carrier.rate_limited': {
    rule: 'R17',
    en: 'The carrier asked to send fewer requests.',
    zh: '承运商要求降低请求频率。',
    remedyEn: 'Nothing was bought; it is tried again after the time the carrier named.',
    remedyZh: '尚未购买；将在承运商指定的时间后重试。',
  },
  'carrier.unreachable': {
    rule: 'R17',
    en: 'No connection to the carrier could be made; the request never left.',
    zh: '无法连接承运商；请求未发出。',
    remedyEn: 'Nothing was bought; it is tried again.',
    remedyZh: '尚未购买；将自动重试。',
  },
  'carrier.shipment_unknown': {
    rule: 'R17',
    en: 'The carrier does not know this shipment.',
    zh: '承运商没有此货件的记录。',
    remedyEn: 'Check the shipment; it may belong to another carrier.',
    remedyZh: '请核对货件；它可能属于其他承运商。',
  },
  'carrier.void_window_passed': {
    rule: 'R17',
    en: 'The time in which the carrier takes a label back has passed.',
    zh: '承运商接受作废标签的期限已过。',
    remedyEn: 'The charge stands; ask the operator for a claim at the carrier.',
    remedyZh: '费用不予退还；可请运营人员向承运商申诉。',
  },
  'carrier.parcel_already_scanned': {
    rule: 'R17',
    en: 'The carrier has scanned the parcel; its label cannot be voided any more.',
    zh: '承运商已扫描该包裹；标签无法作废。',
    remedyEn: 'Let the parcel travel, or ask the carrier to return it.',
    remedyZh: '请让包裹继续运输，或请承运商退回。',
  },
  'carrier.refused': {
    rule: 'R17',
    en: 'The carrier refused for a reason this programme does not know.',
    zh: '承运商以本计划未知的原因拒绝。',
    remedyEn: 'Tell the operator, who sees the code the carrier gave.',
    remedyZh: '请联系运营人员，其可查看承运商返回的代码。',
  },
});

export type CarrierRefusalCode = keyof typeof carrierRefusals.texts;
