import { type Locale, type Refusal, refusalCatalogue } from '@ge/domain';
import type { ProgrammePageModel } from '../programme-page/pageModel.ts';

/** Two refusals out of the programme's own catalogue, such as need neither parameters nor escaping to be shown. */
export const refusals: readonly Refusal[] = Object.entries(refusalCatalogue)
  .filter(([, texts]) => !/[{}<>&"']/.test(Object.values(texts).join()))
  .slice(0, 2)
  .map(([code, { rule }]) => ({ code, rule, field: '/generalAddress/line1', params: {}, severity: 'error' }));

/** One view of every state the page can be in; `name` stands wherever somebody else's words do. */
export const everyView = (name: string): Readonly<Record<string, ProgrammePageModel['view']>> => ({
  invited: {
    kind: 'invited',
    sellerName: name,
    expiresAt: new Date('2026-06-06T00:00:00Z'),
    timeZone: 'America/Los_Angeles',
    totals: { templates: 120, blocked: 1, exportableSkus: 4321 },
    rows: [
      { name, verdict: 'would_enable', refusals: [], skuCount: 4300 },
      { name: '大件商品', verdict: 'blocked', refusals, skuCount: 21 },
      { name: 'Books', verdict: 'already_enabled', refusals: [], skuCount: 0 },
    ],
    enroll: { action: '/programme/enroll', fields: { invitation: 'inv_1', revision: '2', token: name } },
  },
  'invited without templates': {
    kind: 'invited',
    sellerName: name,
    expiresAt: new Date('2026-06-06T00:00:00Z'),
    timeZone: 'UTC',
    totals: { templates: 0, blocked: 0, exportableSkus: 0 },
    rows: [],
    enroll: { action: '/programme/enroll', fields: {} },
  },
  propagating: {
    kind: 'progress',
    sellerName: name,
    state: 'propagating',
    totals: { templates: 3, enabled: 1, blocked: 1, off: 0, exportableSkus: 12 },
    rows: [
      { name, state: 'enabled', refusals: [], skuCount: 12 },
      { name: 'B', state: 'blocked', refusals, skuCount: 2 },
      { name: 'C', state: 'waiting', refusals: [], skuCount: 1 },
    ],
  },
  active: {
    kind: 'progress',
    sellerName: name,
    state: 'active',
    totals: { templates: 1, enabled: 1, blocked: 0, off: 0, exportableSkus: 12 },
    rows: [{ name, state: 'enabled', refusals: [], skuCount: 12 }],
  },
  'active with blocked': {
    kind: 'progress',
    sellerName: name,
    state: 'active_with_blocked',
    totals: { templates: 1, enabled: 0, blocked: 1, off: 0, exportableSkus: 0 },
    rows: [{ name, state: 'blocked', refusals, skuCount: 2 }],
  },
  expired: { kind: 'closed', reason: 'expired' },
  revoked: { kind: 'closed', reason: 'revoked' },
  'already used': { kind: 'closed', reason: 'already_used', progressUrl: '/programme/progress?token=a&b=c' },
  unknown: { kind: 'closed', reason: 'unknown' },
  refused: { kind: 'refused', refusals },
});

export const pageOf = (view: ProgrammePageModel['view'] | undefined, locale: Locale = 'en-US'): ProgrammePageModel => {
  if (!view) throw new Error('no such view');
  return {
    locale,
    languageUrls: { 'en-US': '?lang=en-US&token=x', 'zh-CN': '?lang=zh-CN&token=x' },
    assetBase: '/programme',
    inquiryUrl: '/programme/inquiry',
    view,
  };
};
