import type { Locale } from '@ge/domain';

function localeOfTag(tag: string): Locale | undefined {
  const language = tag.trim().toLowerCase().split('-')[0];
  if (language === 'zh') return 'zh-CN';
  return language === 'en' || language === '*' ? 'en-US' : undefined;
}

/**
 * The language of the page: what `?lang=` names, otherwise the best one of `Accept-Language` (RFC 9110, 12.5.4),
 * otherwise the seller's own, otherwise English. Headers longer than 1 000 characters are not read.
 */
export function chooseLocale(
  lang: unknown,
  acceptLanguage: string | undefined,
  sellerLocale: Locale = 'en-US',
): Locale {
  const asked = typeof lang === 'string' && lang !== '*' ? localeOfTag(lang.slice(0, 35)) : undefined;
  if (asked) return asked;
  if (!acceptLanguage || acceptLanguage.length > 1000) return sellerLocale;
  const wishes = acceptLanguage.split(',').flatMap((part, place) => {
    const [tag = '', ...parameters] = part.split(';');
    const weight = parameters.map((parameter) => /^\s*q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*$/i.exec(parameter)?.[1]);
    const quality = parameters.length === 0 ? 1 : Number(weight[0] ?? Number.NaN);
    const locale = tag.trim() === '*' ? sellerLocale : localeOfTag(tag);
    return locale && quality > 0 ? [{ locale, quality, place }] : [];
  });
  return wishes.sort((a, b) => b.quality - a.quality || a.place - b.place)[0]?.locale ?? sellerLocale;
}
