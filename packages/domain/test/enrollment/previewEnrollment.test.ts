import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TemplateId } from '../../src/index.ts';
import {
  deactivateGlobalExpress,
  enableGlobalExpress,
  previewDeactivation,
  previewEnrollment,
} from '../../src/index.ts';
import { aSeller, aSellerAddress } from '../builders/aSeller.ts';
import { anEnabledTemplate, aTemplate } from '../builders/aTemplate.ts';
import { deactivation, enablement } from '../builders/contexts.ts';
import { codesOf, fieldsOf, granted } from '../builders/refused.ts';

const id = (name: string) => `tpl_${name}` as TemplateId;
const templates = [
  aTemplate({ id: id('ready'), name: 'Ready' }),
  aTemplate({ id: id('bare'), name: 'Bare', domesticShipping: null }),
  anEnabledTemplate(1, { id: id('on'), name: 'On', domesticAutomation: true }),
];
const facts = {
  seller: aSeller(),
  addresses: [aSellerAddress()],
  templates,
  skuCounts: new Map([
    [id('ready'), 12],
    [id('bare'), 5],
    [id('on'), 7],
  ]),
};

describe('previewing an enrollment (R4)', () => {
  it('tells for each template whether it would be enabled, is blocked and why, or is enabled already', () => {
    const preview = granted(previewEnrollment({ ...facts, scope: null }));
    expect(preview.templates.map(({ name, outcome, skuCount }) => [name, outcome, skuCount])).toEqual([
      ['Ready', 'would_enable', 12],
      ['Bare', 'blocked', 5],
      ['On', 'already_enabled', 7],
    ]);
    expect(preview.templates[1]?.blockedBy.map(({ code }) => code)).toEqual(['template.domestic_missing']);
    expect(preview).toMatchObject({ wouldEnable: 1, blocked: 1, alreadyEnabled: 1, skusGained: 12 });
  });

  it('is limited to the templates named, each once', () => {
    const preview = granted(previewEnrollment({ ...facts, scope: [id('bare'), id('bare')] }));
    expect(preview.templates.map(({ name }) => name)).toEqual(['Bare']);
  });

  it('refuses unknown templates, each by its place, and an empty list', () => {
    const unknown = previewEnrollment({ ...facts, scope: [id('ready'), id('x'), id('y')] });
    expect(codesOf(unknown)).toEqual(['enrollment.template_unknown', 'enrollment.template_unknown']);
    expect(fieldsOf(unknown)).toEqual(['/templates/1', '/templates/2']);
    expect(codesOf(previewEnrollment({ ...facts, scope: [] }))).toEqual(['enrollment.scope_empty']);
  });

  it('refuses sellers outside the United States (R1)', () => {
    const seller = aSeller({ country: 'CA' as never });
    expect(codesOf(previewEnrollment({ ...facts, seller, scope: null }))).toEqual(['seller.not_in_united_states']);
  });

  it('foretells exactly what enabling does', () => {
    const anyTemplate = fc.record({
      domestic: fc.boolean(),
      shipFrom: fc.subarray(['adr_general', 'adr_box', 'adr_gone']),
      isEnabled: fc.boolean(),
      hasAddress: fc.boolean(),
    });
    fc.assert(
      fc.property(anyTemplate, ({ domestic, shipFrom, isEnabled, hasAddress }) => {
        const addresses = [...(hasAddress ? [aSellerAddress()] : []), aSellerAddress('adr_box', { line1: 'PO Box 5' })];
        const base = aTemplate({ shipFrom: shipFrom as never, ...(domestic ? {} : { domesticShipping: null }) });
        const template = isEnabled ? anEnabledTemplate(1) : base;
        const request = { seller: aSeller(), addresses, templates: [template], scope: null, skuCounts: new Map() };
        const [seen] = granted(previewEnrollment(request)).templates;
        const outcome = enableGlobalExpress(template, enablement(2, { addresses }));
        const foretold = {
          enabled: 'would_enable',
          already_enabled: 'already_enabled',
          blocked: 'blocked',
          unchanged: '',
        };
        expect(seen?.outcome).toBe(foretold[outcome.kind]);
        expect(seen?.blockedBy).toEqual(outcome.template.blockedBy);
      }),
    );
  });
});

describe('previewing a deactivation (R19–R21)', () => {
  it('tells the branch of each enabled template, the SKUs lost and the orders that stay due', () => {
    const preview = granted(previewDeactivation({ ...facts, scope: null, pendingOrders: 4 }));
    expect(preview.templates.map(({ branch }) => branch)).toEqual([null, null, 'international_off']);
    expect(preview).toMatchObject({ wouldDeactivate: 1, skusLost: 7, pendingOrders: 4 });
    const { branch } = preview.templates[2]!;
    expect(deactivateGlobalExpress(templates[2]!, deactivation(9))).toMatchObject({ kind: 'deactivated', branch });
  });

  it('refuses unknown templates', () => {
    expect(codesOf(previewDeactivation({ ...facts, scope: [id('x')], pendingOrders: 0 }))).toEqual([
      'enrollment.template_unknown',
    ]);
  });
});
