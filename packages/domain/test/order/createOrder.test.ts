import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  checkOrder,
  createOrder,
  describeRefusal,
  type OrderRequest,
  type SkuCode,
  shipByDate,
  type TemplateId,
} from '../../src/index.ts';
import {
  aBuyerAddress,
  aDomesticOrder,
  aLineRequest,
  anOrderContext,
  anOrderRequest,
  checkedLines,
  reasonsOf,
} from '../builders/anOrder.ts';
import { aRegionSetting, suspensionsOf } from '../builders/aRegionSetting.ts';
import { aSeller } from '../builders/aSeller.ts';
import { aSku } from '../builders/aSku.ts';
import { anEnabledTemplate, aTemplate } from '../builders/aTemplate.ts';
import { aMoment } from '../builders/moments.ts';
import { codesOf, fieldsOf, granted } from '../builders/refused.ts';
import { product } from '../eligibility/products.ts';
import { country } from '../region/country.ts';

describe('a GE order is decided at the moment it is created', () => {
  test('and keeps the versions it was decided on', () => {
    const template = anEnabledTemplate(1, { version: 7, appliedSettingVersion: 3, excludedDestinations: ['DE'] });
    const context = anOrderContext({
      ofTemplates: [template],
      setting: aRegionSetting(3, 2, ['DE']),
      suspensions: suspensionsOf(9),
    });
    const order = granted(createOrder(anOrderRequest(), context));
    expect(order).toMatchObject({ state: 'pending', payout: 'pending', regionSettingVersion: 3, suspensionVersion: 9 });
    expect(order.lines[0]).toMatchObject({
      accepted: true,
      templateId: 'tpl_one',
      templateVersion: 7,
      settingVersion: 3,
    });
  });

  test.each([
    ['an unknown SKU', { ofSkus: [] }, ['order.sku_unknown']],
    ['a template without GE (R4)', { ofTemplates: [aTemplate()] }, ['template.not_exporting']],
    [
      'an excluded destination, also by its region (R11)',
      { ofTemplates: [anEnabledTemplate(1, { excludedDestinations: ['M49-155'] })] },
      ['template.destination_excluded'],
    ],
    ['a suspended destination (R13)', { suspensions: suspensionsOf(1, 'FR') }, ['template.destination_suspended']],
    ['an unscreened product (R5)', { ofSkus: [aSku('SHIRT-1', { exportData: null })] }, ['export_data.missing']],
  ])('%s refuses the line and, as the only one, the order', (_, change, codes) => {
    const context = anOrderContext(change);
    expect(reasonsOf(checkedLines(context)[0])).toEqual(codes);
    const decision = createOrder(anOrderRequest(), context);
    expect(codesOf(decision)).toEqual(['order.all_lines_refused', ...codes]);
    expect(fieldsOf(decision)).toEqual(['/lines', ...codes.map(() => '/lines/0')]);
  });

  test('a product the programme bans refuses its line, the others go', () => {
    const knife = aSku('KNIFE', { exportData: product({ category: 'weapons' }) });
    const lines = [aLineRequest(), aLineRequest({ lineId: 'L2', sku: 'KNIFE' as SkuCode })];
    const context = anOrderContext({ ofSkus: [aSku(), knife] });
    const order = granted(createOrder(anOrderRequest({ lines }), context));
    expect(order.lines.map(({ accepted }) => accepted)).toEqual([true, false]);
    const refusal = order.lines[1]!.refusals[0]!;
    expect(refusal.field).toBe('/lines/1');
    expect(describeRefusal(refusal, 'zh-CN').message).not.toContain('{');
  });

  test('a seller’s newest setting counts from the save on, also before its fan-out has reached the template (R11)', () => {
    const context = anOrderContext({ setting: aRegionSetting(1, 5, ['FR']) });
    expect(reasonsOf(checkedLines(context)[0])).toEqual(['template.destination_excluded']);
    const enabledLater = anOrderContext({ ofTemplates: [anEnabledTemplate(6)], setting: aRegionSetting(1, 5, ['FR']) });
    expect(reasonsOf(checkedLines(enabledLater)[0])).toEqual([]);
    // Each line keeps the version that decided it, reached by its fan-out or not.
    expect([checkedLines(context)[0]!.settingVersion, checkedLines(enabledLater)[0]!.settingVersion]).toEqual([1, 0]);
  });

  test('its address must be deliverable, in the country it goes to, outside embargoed places (R24)', () => {
    const to = (shipTo: OrderRequest['shipTo'], destination = 'FR') =>
      codesOf(createOrder(anOrderRequest({ shipTo, destination: country(destination) }), anOrderContext()));
    expect(to(aBuyerAddress({ country: 'DE' }))).toEqual(['order.destination_differs']);
    expect(to(aBuyerAddress({ city: '' }))).toHaveLength(1);
    expect(to(aBuyerAddress({ country: 'UA', state: 'UA-43', postalCode: '95000' }), 'UA')).toEqual([
      'order.place_embargoed',
    ]);
    expect(to(aBuyerAddress({ country: 'UA', city: 'Kyiv', state: 'UA-30', postalCode: '01001' }), 'UA')).toEqual([]);
  });

  test('where a part of a country is embargoed, its address must say which part it lies in (R24)', () => {
    const to = (state: string | undefined, postalCode: string | undefined) =>
      codesOf(
        createOrder(
          anOrderRequest({ shipTo: aBuyerAddress({ country: 'UA', state, postalCode }), destination: country('UA') }),
          anOrderContext(),
        ),
      );
    for (const [state, code] of [
      [undefined, undefined],
      ['Crimea', undefined],
      ['Sevastopol', '299011'],
      ['Kyiv', '1001'],
    ] as const) {
      expect(to(state, code)).toEqual(['order.place_unclear']);
    }
    expect([to('30', undefined), to(undefined, '79000'), to('Lviv', '79 000')]).toEqual([[], [], []]);
    expect(to('Lviv', '95000')).toEqual(['order.place_embargoed']);
  });

  test('asking beforehand decides the very same', () => {
    const codes = fc.constantFrom('FR', 'DE', 'JP', 'RU', 'BR', 'US');
    fc.assert(
      fc.property(codes, fc.subarray(['FR', 'M49-155', 'JP']), fc.subarray(['BR', 'DE']), (to, excluded, suspended) => {
        const context = anOrderContext({
          ofTemplates: [anEnabledTemplate(1, { excludedDestinations: excluded })],
          suspensions: suspensionsOf(1, ...suspended),
        });
        const request = anOrderRequest({ destination: country(to), shipTo: aBuyerAddress({ country: to }) });
        const answer = granted(checkOrder(request, context));
        const order = createOrder(request, context);
        expect(order.ok).toBe(answer.acceptable && to !== 'US');
        if (order.ok) expect([order.value.lines, order.value.shipBy]).toEqual([answer.lines, answer.shipBy]);
      }),
    );
  });
});

describe('any order', () => {
  test('a domestic one is accepted without the rules of the programme', () => {
    const order = aDomesticOrder();
    expect(order.lines.every((line) => line.accepted && line.templateId === null)).toBe(true);
    const bare = anOrderContext({ ofSkus: [], ofTemplates: [] });
    const request = anOrderRequest({ isGlobalExpress: false, destination: country('US'), importFeeDeposit: null });
    expect(createOrder(request, bare).ok).toBe(true);
  });

  test('that is malformed is refused with every fault', () => {
    const lines = [
      aLineRequest({ quantity: 0, unitPrice: { minor: -1, currency: 'USD' } }),
      aLineRequest({ quantity: 1.5 }),
    ];
    const decision = createOrder(
      anOrderRequest({ lines, handlingDays: 31, importFeeDeposit: { minor: 0.5, currency: 'USD' } }),
      anOrderContext(),
    );
    expect(fieldsOf(decision)).toEqual([
      '/lines/0/quantity',
      '/lines/0/unitPrice',
      '/lines/1/lineId',
      '/lines/1/quantity',
      '/handlingDays',
      '/importFeeDeposit',
    ]);
    expect(codesOf(createOrder(anOrderRequest({ lines: [] }), anOrderContext()))).toEqual(['order.empty']);
    const many = Array.from({ length: 201 }, (_, i) => aLineRequest({ lineId: `L${i}` }));
    expect(codesOf(createOrder(anOrderRequest({ lines: many }), anOrderContext()))).toEqual(['order.too_many_lines']);
  });

  test('the refused lines of an order whose templates differ name their own template', () => {
    const other = aTemplate({ id: 'tpl_two' as TemplateId, version: 4 });
    const lines = [aLineRequest(), aLineRequest({ lineId: 'L2', sku: 'MUG' as SkuCode })];
    const context = anOrderContext({
      ofTemplates: [anEnabledTemplate(), other],
      ofSkus: [aSku(), aSku('MUG', { templateId: other.id })],
    });
    const order = granted(createOrder(anOrderRequest({ lines }), context));
    expect(order.lines[1]).toMatchObject({ accepted: false, templateId: 'tpl_two', templateVersion: 4 });
  });
});

describe('the ship-by date', () => {
  test('is the end of the day in the seller’s zone, that many business days on', () => {
    // Monday 09:00 in Los Angeles.
    expect(shipByDate(aMoment, 3, 'America/Los_Angeles').toISOString()).toBe('2026-03-06T07:59:59.999Z');
    expect(shipByDate(aMoment, 5, 'America/Los_Angeles').toISOString()).toBe('2026-03-10T06:59:59.999Z');
  });

  test('depends on the zone: late on Friday in New York is already Saturday in Shanghai', () => {
    const friday = new Date('2026-03-06T22:00:00Z');
    expect(shipByDate(friday, 1, 'America/New_York').toISOString()).toBe('2026-03-10T03:59:59.999Z');
    expect(shipByDate(friday, 0, 'America/New_York').toISOString()).toBe('2026-03-07T04:59:59.999Z');
    expect(shipByDate(friday, 0, 'Asia/Shanghai').toISOString()).toBe('2026-03-09T15:59:59.999Z');
  });

  test('of an order follows its seller', () => {
    const context = anOrderContext({ seller: aSeller({ timeZone: 'America/New_York' }) });
    expect(granted(createOrder(anOrderRequest(), context)).shipBy.toISOString()).toBe('2026-03-06T04:59:59.999Z');
  });
});
