import { defineRefusals } from '../refusal/refusal.ts';

/** Refusals of written dates, instants and time zones; ship-by dates (R17, R22) are where they matter most. */
export const timeRefusals = defineRefusals({
  'time.date_malformed': {
    rule: 'R22',
    en: 'This is not a date.',
    zh: '日期格式不正确或该日期不存在。',
    remedyEn: 'Give an existing day as YYYY-MM-DD.',
    remedyZh: '请按 YYYY-MM-DD 格式填写实际存在的日期。',
  },
  'time.instant_malformed': {
    rule: 'R22',
    en: 'This is not a date and time with a UTC offset.',
    zh: '日期时间格式不正确,或缺少 UTC 偏移。',
    remedyEn: 'Give ISO 8601 with an offset, for instance 2026-03-01T17:00:00Z or 2026-03-01T09:00:00-08:00.',
    remedyZh: '请按带偏移的 ISO 8601 格式填写,例如 2026-03-01T17:00:00Z 或 2026-03-01T09:00:00-08:00。',
  },
  'time.zone_unknown': {
    rule: 'R22',
    en: 'This is not a known time zone.',
    zh: '未知的时区。',
    remedyEn: 'Give a name of the IANA time zone database, for instance America/Los_Angeles.',
    remedyZh: '请填写 IANA 时区名称,例如 America/Los_Angeles。',
  },
});
