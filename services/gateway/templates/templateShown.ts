import type { SellerRow, TemplateRow } from '@ge/database';
import { type Locale, type Refusal, templateDrift } from '@ge/domain';
import { findingsOf } from '../http/accepted.ts';

/** A template as answers show it: reasons in words, drift worked out. */
export const templateShown = (row: TemplateRow, seller: SellerRow, locale: Locale) => ({
  ...row,
  blockedBy: findingsOf(row.blockedBy, locale),
  drift: templateDrift(row, seller),
});

/** The answer to a write. */
export const changedTemplate = (row: TemplateRow, seller: SellerRow, warnings: readonly Refusal[], locale: Locale) => ({
  template: templateShown(row, seller, locale),
  warnings: findingsOf(warnings, locale),
});
