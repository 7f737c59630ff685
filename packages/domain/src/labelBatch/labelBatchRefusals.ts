import { defineRefusals } from '../refusal/refusal.ts';

/** Why a label batch, or an item of it, is not taken. */
export const labelBatchRefusals = defineRefusals({
  'label_batch.item_repeated': {
    rule: 'R17',
    en: 'Item {itemNo} of the batch asks for a label for the same parcel of the same order.',
    zh: '该批次的第 {itemNo} 项已为同一订单的同一包裹申请标签。',
    remedyEn: 'Name each parcel once; items are counted from 0. Number the parcels of an order 1, 2, 3 and so on.',
    remedyZh: '每个包裹只列一次，项目从 0 开始编号；请将订单的包裹依次编号为 1、2、3……',
  },
  'label_batch.not_all_taken': {
    rule: 'R17',
    en: '{count} items of the batch are refused, and all or nothing was asked for: nothing is bought.',
    zh: '该批次有 {count} 项被拒绝，且要求“全部或全不”：未购买任何标签。',
    remedyEn: 'Mend the items named beside this, or send the batch without allOrNothing.',
    remedyZh: '请修正所列各项，或不使用 allOrNothing 重新提交该批次。',
  },
  'label_batch.cancelled': {
    rule: 'R17',
    en: 'The rest of the batch was cancelled.',
    zh: '该批次的剩余部分已被取消。',
    remedyEn: 'Send what is still wanted as a new batch.',
    remedyZh: '如仍需要，请将其作为新批次提交。',
  },
  'label_batch.given_up': {
    rule: 'R17',
    en: 'Work on the batch failed again and again and was given up before a label was asked for.',
    zh: '对该批次的处理多次失败，在申请标签之前已停止。',
    remedyEn: 'Nothing was charged; send the item again in a new batch.',
    remedyZh: '未产生费用；请在新批次中重新提交该项。',
  },
  'label_batch.no_answer': {
    rule: 'R17',
    en: 'The parcel has waited since {since} for a carrier that gives no answer or is stopped, and no other one takes it; it is not asked any more.',
    zh: '该包裹自 {since} 起一直等待未响应或已停用的承运商，且没有其他承运商可承运；不再询价。',
    remedyEn: 'Nothing was charged; send the item again in a new batch once its carrier answers.',
    remedyZh: '未产生费用；请待承运商恢复响应后在新批次中重新提交该项。',
  },
  'label_batch.nothing_to_print': {
    rule: 'R17',
    en: 'No label of the batch that can be printed has been bought yet.',
    zh: '该批次尚无可打印的已购买标签。',
    remedyEn:
      'Wait until items are bought; printed labels are removed with the buyer’s address after the retention time.',
    remedyZh: '请等待购买完成；保留期限过后，打印的标签会随买家地址一并删除。',
  },
  'label_batch.format_not_joined': {
    rule: 'R17',
    en: 'Labels in the format {format} are not joined into one document.',
    zh: '{format} 格式的标签不能合并为一个文件。',
    remedyEn: 'Fetch each label by itself, or ask for batches as PDF, ZPL203 or ZPL300.',
    remedyZh: '请逐个下载标签，或以 PDF、ZPL203 或 ZPL300 格式提交批次。',
  },
});
