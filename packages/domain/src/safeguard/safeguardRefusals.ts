import { defineRefusals } from '../refusal/refusal.ts';

/** What is missing for a safeguard, per parcel: the unmet points of its checklist. */
export const safeguardRefusals = defineRefusals({
  'safeguard.not_ge': {
    rule: 'R22',
    en: 'The order is not a Global Express order.',
    zh: '该订单不是全球快递订单。',
    remedyEn: 'The safeguards of the programme cover Global Express orders only.',
    remedyZh: '本计划的绩效保障仅适用于全球快递订单。',
  },
  'safeguard.no_label': {
    rule: 'R22',
    en: 'No label was bought here for the order.',
    zh: '该订单没有在此购买标签。',
    remedyEn: 'Ship Global Express orders with a label bought through Buy Shipping.',
    remedyZh: '请使用通过 Buy Shipping 购买的标签发运全球快递订单。',
  },
  'safeguard.part_without_label': {
    rule: 'R22',
    en: 'A part of the order has no label bought here.',
    zh: '订单中有部分商品没有在此购买标签。',
    remedyEn: 'Buy labels for the parcels that are left.',
    remedyZh: '请为其余包裹购买标签。',
  },
  'safeguard.service_unprotected': {
    rule: 'R22',
    en: 'Parcel {parcelNo} went with {serviceId}, a service without claims protection.',
    zh: '第 {parcelNo} 个包裹使用的 {serviceId} 服务没有索赔保护。',
    remedyEn: 'Choose protected services for further orders.',
    remedyZh: '今后请为订单选择受保护的服务。',
  },
  'safeguard.not_scanned': {
    rule: 'R22',
    en: 'The carrier has not scanned parcel {parcelNo}.',
    zh: '承运商尚未扫描第 {parcelNo} 个包裹。',
    remedyEn: 'Hand the parcel over by the ship-by date and have it scanned.',
    remedyZh: '请在发货截止日期前交付包裹并确保其被扫描。',
  },
  'safeguard.scanned_late': {
    rule: 'R22',
    en: 'Parcel {parcelNo} was first scanned on {scanDate}, after the ship-by date {shipByDate} ({timeZone}).',
    zh: '第 {parcelNo} 个包裹的首次扫描日期为 {scanDate}，晚于发货截止日期 {shipByDate}（{timeZone}）。',
    remedyEn: 'Hand parcels over by the ship-by date in the time zone of the seller.',
    remedyZh: '请在卖家所在时区的发货截止日期前交付包裹。',
  },
  'safeguard.not_refunded_by_platform': {
    rule: 'R22',
    en: 'The platform has not refunded the buyer.',
    zh: '平台尚未向买家退款。',
    remedyEn: 'Leave the refund to the platform; a refund by the seller forfeits the safeguard.',
    remedyZh: '请由平台退款；卖家自行退款将失去该保障。',
  },
});
