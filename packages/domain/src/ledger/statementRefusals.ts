import { defineRefusals } from '../refusal/refusal.ts';

/** Why a carrier's statement cannot be read. */
export const statementRefusals = defineRefusals({
  'statement.not_given': {
    rule: 'R23',
    en: 'The carrier {carrierId} gives no statement that could be read.',
    zh: '承运商 {carrierId} 不提供可读取的账单。',
    remedyEn: 'Compare its invoices with the ledger by hand; adjustments and duty it bills are not booked here.',
    remedyZh: '请人工将其发票与账本核对；其另行收取的调整费和关税不会在此入账。',
  },
});
