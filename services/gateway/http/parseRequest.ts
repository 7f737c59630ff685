import type { Locale } from '@ge/domain';
import { z } from 'zod';
import { Malformed, type SchemaIssue } from './refused.ts';

type Origin = 'body' | 'query' | 'path' | 'header';

const errorTexts = {
  'zh-CN': z.locales.zhCN().localeError,
  'en-US': z.locales.en().localeError,
} as const;

const pointer = (path: readonly PropertyKey[]): string =>
  path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

/** Issues listed in one answer; a hostile body could have a million. */
const issueLimit = 100;
const messageLimit = 300;

/** Parses one part of a request. Throws Malformed with a pointer to every field that does not fit. */
export function parsePart(schema: z.ZodType, value: unknown, origin: Origin, locale: Locale): unknown {
  const result = schema.safeParse(value, { error: errorTexts[locale] });
  if (result.success) return result.data;
  const at = origin === 'body' ? '' : `/${origin}`;
  throw new Malformed(result.error.issues.slice(0, issueLimit).flatMap((issue) => issuesOf(issue, at)));
}

function issuesOf(issue: z.core.$ZodIssue, at: string): SchemaIssue[] {
  const code = `schema.${issue.code}`;
  const message = issue.message.slice(0, messageLimit);
  const base = at + pointer(issue.path);
  if (issue.code !== 'unrecognized_keys') return [{ code, field: base, message }];
  return issue.keys.slice(0, issueLimit).map((key) => ({ code, field: base + pointer([key.slice(0, 100)]), message }));
}
