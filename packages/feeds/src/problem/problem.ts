import { type DescribedRefusal, describeRefusal, type Locale } from '@ge/domain';
import type { RowProblem } from '../record/record.ts';
import type { FeedCode } from './code.ts';
import { fileCodes } from './file-codes.ts';
import { outcomeCodes } from './outcome-codes.ts';
import { rowCodes } from './row-codes.ts';

const codes = { ...fileCodes, ...rowCodes, ...outcomeCodes };

export type FeedCodeName = keyof typeof codes;
export type FileCodeName = keyof typeof fileCodes;

/** Every code of feeds and processing reports, classic and own, with texts in both languages. */
export const feedCodes: Readonly<Record<FeedCodeName, FeedCode>> = codes;

/** A finding with the weight its code has in a row (a fatal code weighs as an error there). */
export function problem(code: FeedCodeName, params: RowProblem['params'] = {}): RowProblem {
  return { code, severity: feedCodes[code].severity === 'warning' ? 'warning' : 'error', params };
}

const stopped = {
  en: ' Records up to {readUntil} were read and processed; nothing after them was.',
  zh: '第 {readUntil} 条及之前的记录已读取并处理；之后的内容均未读取。',
};

const fill = (text: string, params: RowProblem['params']): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => (name in params ? String(params[name]) : whole));

/** The sentences for a seller. Codes that are not a feed's own are looked up among the programme's refusals. */
export function describeFeedProblem(found: Pick<RowProblem, 'code' | 'params'>, locale: Locale): DescribedRefusal {
  const texts = (feedCodes as Readonly<Record<string, FeedCode>>)[found.code];
  if (!texts) return describeRefusal(found, locale);
  const zh = locale === 'zh-CN';
  const message = (zh ? texts.zh : texts.en) + ('readUntil' in found.params ? (zh ? stopped.zh : stopped.en) : '');
  return { message: fill(message, found.params), remedy: fill(zh ? texts.remedyZh : texts.remedyEn, found.params) };
}
