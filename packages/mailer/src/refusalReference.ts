import type { Refusal } from '@ge/domain';
import { visibleText } from './markup/visibleText.ts';

/** Rule, code and field of a refusal in small print: what support and the documentation go by. */
export const refusalReference = (refusal: Refusal): string =>
  visibleText([refusal.rule, refusal.code, refusal.field].filter((part) => part !== '').join(' · '));
