import { refusalCatalogue } from './catalogue.ts';
import type { Refusal, RefusalParams } from './refusal.ts';

export type Locale = 'zh-CN' | 'en-US';

export interface DescribedRefusal {
  readonly message: string;
  readonly remedy: string;
}

const fill = (text: string, params: RefusalParams): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => (name in params ? String(params[name]) : whole));

/** The sentences for a seller. A code without texts (from an older release) is shown as itself. */
export function describeRefusal(refusal: Pick<Refusal, 'code' | 'params'>, locale: Locale): DescribedRefusal {
  const texts = refusalCatalogue[refusal.code];
  if (!texts) return { message: refusal.code, remedy: '' };
  const zh = locale === 'zh-CN';
  return {
    message: fill(zh ? texts.zh : texts.en, refusal.params),
    remedy: fill(zh ? texts.remedyZh : texts.remedyEn, refusal.params),
  };
}
