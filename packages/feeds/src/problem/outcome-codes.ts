import type { FeedCode } from './code.ts';

/**
 * Outcomes that the report itself puts into words. Whatever a rule refuses when a row is applied carries the rule's own
 * code, the same one that the API answers with.
 */
export const outcomeCodes = {
  'GE-15033': {
    rule: 'R14',
    severity: 'warning',
    en: 'A later row or change for the same SKU took the place of this one.',
    zh: '同一 SKU 的后续行或更改已取代此行。',
    remedyEn: 'Nothing to do if the later one is what you want.',
    remedyZh: '如后续更改符合您的意愿，则无需处理。',
  },
  'GE-15034': {
    rule: 'R15',
    severity: 'error',
    en: 'The row was not attempted.',
    zh: '该行未被处理。',
    remedyEn: 'Upload the row again.',
    remedyZh: '请重新上传该行。',
  },
  'GE-15035': {
    rule: 'R15',
    severity: 'fatal',
    en: 'The feed could not be finished because of a failure on our side. What the report counts as applied stays.',
    zh: '由于我方故障，无法完成此数据文件的处理。报告中计为已应用的更改仍然有效。',
    remedyEn: 'Upload the rows that were not processed again.',
    remedyZh: '请重新上传未处理的行。',
  },
  'GE-15045': {
    rule: 'R15',
    severity: 'fatal',
    en: 'The feed was cancelled. What the report counts as applied stays; every other row of the file was not attempted.',
    zh: '数据文件已取消。报告中计为已应用的更改仍然有效；文件中的其余各行均未处理。',
    remedyEn: 'Upload the rows again that are still wanted, or revert the feed.',
    remedyZh: '请重新上传仍需处理的行，或撤销该文件的更改。',
  },
} as const satisfies Record<string, FeedCode>;
