import { describeRefusal, type Locale, type Refusal } from '@ge/domain';

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const isRefusal = (value: Readonly<Record<string, unknown>>): value is Readonly<Record<string, unknown>> & Refusal =>
  typeof value.code === 'string' && typeof value.rule === 'string' && isObject(value.params);

/** An operation's result with every refusal in it in words: workers keep codes and what the texts need, not the language. */
export function resultInWords(result: unknown, locale: Locale): unknown {
  if (Array.isArray(result)) return result.map((entry) => resultInWords(entry, locale));
  if (!isObject(result)) return result;
  if (isRefusal(result)) return { ...result, ...describeRefusal(result, locale) };
  return Object.fromEntries(Object.entries(result).map(([name, entry]) => [name, resultInWords(entry, locale)]));
}
