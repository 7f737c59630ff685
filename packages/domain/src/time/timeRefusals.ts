import { defineRefusals } from '../refusal/refusal.ts';

/** Refusals of time zones; ship-by dates (R17, R22) are where they matter most. */
export const timeRefusals = defineRefusals({
  'time.zone_unknown': {
    rule: 'R22',
    en: 'This is not a known time zone.',
    zh: '未知的时区。',
    remedyEn: 'Give a name of the IANA time zone database, for instance America/Los_Angeles.',
    remedyZh: '请填写 IANA 时区名称,例如 America/Los_Angeles。',
  },
});
