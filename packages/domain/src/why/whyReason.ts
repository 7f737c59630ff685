import { describeRefusal, type Locale } from '../refusal/describe.ts';
import type { Refusal, RefusalParams } from '../refusal/refusal.ts';
import { messageTexts } from './messageTexts.ts';
import { thingTexts } from './thingTexts.ts';

/** Texts of one answer to "why?": how it stands, and what happens next or what to do. `{name}` is filled from params. */
export interface WhyTexts {
  readonly en: string;
  readonly zh: string;
  readonly nextEn: string;
  readonly nextZh: string;
}

const whyTexts = { ...messageTexts, ...thingTexts };

export type WhyCode = keyof typeof whyTexts;

/** One thing that is to be said of how something stands or what it waits for. */
export interface WhyReason {
  /** Of the tables of this folder, or of a refusal. */
  readonly code: string;
  readonly params: RefusalParams;
  /** When this ends by itself; null = open, or nobody knows. */
  readonly until: Date | null;
}

export const whyReason = (code: WhyCode, params: RefusalParams = {}, until: Date | null = null): WhyReason => ({
  code,
  params,
  until,
});

/** What a rule refuses, as a reason for how something stands. */
export const whyRefused = ({ code, params }: Refusal): WhyReason => ({ code, params, until: null });

/** Every code that only the answers to "why?" have, with its texts. */
export const whyCatalogue: Readonly<Record<string, WhyTexts>> = whyTexts;

const fill = (text: string, params: RefusalParams): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => (name in params ? String(params[name]) : whole));

/** The sentences for people: how it stands, and what comes next. */
export function describeWhy(
  reason: Pick<WhyReason, 'code' | 'params'>,
  locale: Locale,
): { readonly message: string; readonly next: string } {
  const texts = whyCatalogue[reason.code];
  if (!texts) {
    const { message, remedy } = describeRefusal(reason, locale);
    return { message, next: remedy };
  }
  const zh = locale === 'zh-CN';
  return {
    message: fill(zh ? texts.zh : texts.en, reason.params),
    next: fill(zh ? texts.nextZh : texts.nextEn, reason.params),
  };
}
