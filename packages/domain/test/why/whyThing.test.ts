import { describe, expect, it } from 'vitest';
import {
  describeWhy,
  type Feed,
  type LabelPurchase,
  type Order,
  type ShippingTemplate,
  type WhyReason,
  whyFeed,
  whyLabel,
  whyOperation,
  whyOrder,
  whySeller,
  whySku,
  whyTemplate,
} from '../../src/index.ts';
import { skuRefusals } from '../../src/sku/skuRefusals.ts';

const codes = (reasons: readonly WhyReason[]) => reasons.map(({ code }) => code);
const operation = { kind: 'x', state: 'open', total: 3, done: 1, failed: 1, cancelled: 0, fannedOut: false } as never;

describe('how something stands', () => {
  it('an operation: what of it is open, or how it closed', () => {
    expect(codes(whyOperation(operation))).toEqual(['operation.open', 'operation.fanning_out']);
    const closed = { ...(operation as object), state: 'closed', fannedOut: true } as never;
    expect(whyOperation(closed)[0]).toMatchObject({ code: 'operation.incomplete', params: { done: 1, failed: 1 } });
  });

  it('a feed: behind which feed it waits, else how far it is', () => {
    const feed = { state: 'IN_QUEUE', stagedRows: 9, settledRows: 4, counts: null } as Feed;
    const before = { id: 'feed_1', state: 'IN_PROGRESS' } as Feed;
    expect(describeWhy(whyFeed(feed, before)[0]!, 'en-US').message).toContain('feed_1');
    expect(codes(whyFeed(feed, null))).toEqual(['feed.queued']);
    expect(whyFeed({ ...feed, state: 'IN_PROGRESS' }, null)[0]!.params).toEqual({ settled: 4, staged: 9 });
  });

  it('a label: what is known of the charge and who finds out the rest', () => {
    const label = { id: 'lbl_1', carrierId: 'c', lookUps: 3, reason: 'given_up', trackingId: null } as LabelPurchase;
    for (const state of ['requested', 'sent', 'unknown', 'parked', 'void_refused'] as const) {
      const [reason] = whyLabel({ ...label, state });
      const text = describeWhy(reason!, 'en-US');
      expect(`${text.message} ${text.next}`).not.toMatch(/\{\w+\}/);
      expect(reason!.code).toBe(`label.${state}`);
    }
  });

  it('a held order: every suspension that holds it', () => {
    const order = { isGlobalExpress: true, state: 'held', destination: 'DE', payout: 'pending' } as Order;
    const of = (id: string, destination: string) => ({ id, destination, state: 'active', reason: 'strike' }) as never;
    const reasons = whyOrder(order, [of('sus_1', 'DE'), of('sus_2', 'JP')]);
    expect(codes(reasons)).toEqual(['order.held', 'order.payout_pending']);
    expect(reasons[0]!.params).toMatchObject({ suspensionId: 'sus_1' });
    expect(codes(whyOrder(order, []))).toEqual(['order.hold_ending', 'order.payout_pending']);
  });

  it('a template: every missing item, and what has not reached it yet', () => {
    const missing = skuRefusals.refusal('sku.not_eligible', '', { verdict: 'x', screeningRule: 'y' });
    const template = {
      geState: 'blocked',
      blockedBy: [missing],
      appliedSettingVersion: 1,
    } as unknown as ShippingTemplate;
    const around = { settingVersion: 2, suspensionVersion: 4, enrollment: null };
    expect(codes(whyTemplate(template, around))).toEqual(['template.blocked', 'sku.not_eligible']);
    const enabled = { ...template, geState: 'enabled', appliedSuspensionVersion: 3 } as ShippingTemplate;
    expect(codes(whyTemplate(enabled, around))).toEqual([
      'template.enabled',
      'template.behind_setting',
      'template.behind_suspensions',
    ]);
  });

  it('a SKU: exportable, or every reason why not', () => {
    const template = { name: 'T', geState: 'off' } as ShippingTemplate;
    expect(codes(whySku({ verdict: 'ineligible', verdictRule: 'x' } as never, template))).toHaveLength(2);
    expect(codes(whySku({ verdict: 'eligible', verdictRule: null }, { ...template, geState: 'enabled' }))).toEqual([
      'sku.exportable',
    ]);
  });

  it('a seller: the enrollment, what is owed where, and what was given up', () => {
    const backlog = [{ queue: 'sku-assignment', ready: 4, later: 1 }];
    expect(codes(whySeller('S-1', null, backlog, 2))).toEqual(['seller.not_enrolled', 'seller.owed', 'seller.dead']);
  });
});
