import { routes } from '@ge/api';
import { type AddressId, currentFeeSchedule, prefillFees, type TemplateId } from '@ge/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codesOf, refusedWith } from './refusedWith.ts';
import { createTemplate, domestic, importSeller, poBox, seattle } from './sellers.ts';
import { startGateway, type TestGateway } from './startGateway.ts';
import { openShop, type Shop } from './tradeFixture.ts';

/** Every refusal that the document names for these calls, once; what they mean is tested where the rule is. */
let gateway: TestGateway;
let shop: Shop;
let sellerId: string;
let addressIds: readonly AddressId[];
let bare: TemplateId;
let abroad: string;
beforeAll(async () => {
  gateway = await startGateway();
  shop = await openShop(gateway);
  ({ sellerId, addressIds } = await importSeller(gateway.operator, { addresses: [seattle, poBox] }));
  bare = await createTemplate(gateway.operator, sellerId, 'Bare', null);
  ({ sellerId: abroad } = await importSeller(gateway.operator, { addresses: [], generalAddress: null }));
  await createTemplate(gateway.operator, abroad, 'Abroad');
});
afterAll(() => gateway?.close());

const codes = async (call: Promise<unknown>) => codesOf(await refusedWith(call));
const on = (templateId: string, of = sellerId) => ({ params: { sellerId: of, templateId } });
const enabled = () => on(shop.world, shop.sellerId);
const operator = () => gateway.operator;
const setCountry = (country: string, of: string) =>
  gateway.database.query('update sellers set country = $2 where id = $1', [of, country]);

describe('addresses', () => {
  it('of every kind that R6 refuses are no general address', async () => {
    const { name, line1, city, state, postalCode } = seattle;
    const cases = {
      'address.required': { ...seattle, line1: '' },
      'address.po_box': poBox,
      'address.territory': { ...seattle, city: 'San Juan', state: 'PR', postalCode: '00901' },
      'address.military': { ...seattle, city: 'APO', state: 'AE', postalCode: '09012' },
      'address.not_us': { name, line1, city: 'Toronto', country: 'CA' },
      'address.general_delivery': { ...seattle, line1: 'General Delivery' },
      'address.too_long': { ...seattle, name: 'x'.repeat(200) },
      'address.not_latin': { ...seattle, city: '西雅图' },
      'address.unknown_state': { name, line1, city, postalCode, state: 'QQ', country: 'US' },
      'address.zip_format': { ...seattle, postalCode: '1' },
      'address.zip_not_in_use': { ...seattle, postalCode: '00000' },
      'address.zip_state_mismatch': { ...seattle, state, postalCode: '10001' },
    };
    for (const [code, address] of Object.entries(cases)) {
      const params = { sellerId };
      const added = await operator().call(routes.addresses.addAddresses, { params, body: { addresses: [address] } });
      const body = { addressId: added.addressIds[0]! };
      expect(await codes(operator().call(routes.addresses.setGeneralAddress, { params, body })), code).toContain(code);
    }
  });
});

describe('enrollment', () => {
  it('is refused outside the United States, without an invitation, for an expired one, and for templates that are not there', async () => {
    const { previewEnrollment, enroll } = routes.enrollment;
    const press = (templates: string[] | null) =>
      operator().call(enroll, { params: { sellerId }, body: { templates: templates as TemplateId[] | null } });
    const preview = (templates: string[]) =>
      operator().call(previewEnrollment, { params: { sellerId }, body: { templates: templates as TemplateId[] } });
    expect(await codes(press(null))).toEqual(['enrollment.not_invited']);
    await operator().call(routes.invitations.invite, { params: { sellerId } });
    for (const call of [preview, press]) {
      expect(await codes(call([]))).toEqual(['enrollment.scope_empty']);
      expect(await codes(call(['none']))).toEqual(['enrollment.template_unknown']);
      await setCountry('CN', sellerId);
      expect(await codes(call([bare]))).toEqual(['seller.not_in_united_states']);
      await setCountry('US', sellerId);
    }
    const now = gateway.clock.now();
    gateway.clock.set(new Date(now.getTime() + 15 * 86_400_000));
    expect(await codes(press(null))).toEqual(['invitation.expired']);
    gateway.clock.set(now);
  });

  it('is left only for templates that are there', async () => {
    const preview = (templates: string[]) =>
      operator().call(routes.deactivation.previewDeactivation, {
        params: { sellerId },
        body: { templates: templates as TemplateId[] },
      });
    expect(await codes(preview([]))).toEqual(['enrollment.scope_empty']);
    expect(await codes(preview(['none']))).toEqual(['enrollment.template_unknown']);
  });
});

describe('templates', () => {
  const { createTemplate: create, renameTemplate, editDomesticShipping, deleteTemplate } = routes.templates;
  const [standard] = domestic.serviceLevels;
  const none = { serviceLevels: [] };
  const free = { minor: 0, currency: 'USD' as const };
  const banded = { kind: 'price_banded' as const, bands: [{ from: free, upTo: null, fee: free }] };
  const mixed = { serviceLevels: [standard!, { ...standard!, level: 'expedited' as const, fee: banded }] };

  it('need a sound name and sound domestic settings', async () => {
    const params = { sellerId };
    expect(await codes(operator().call(create, { params, body: { name: ' ' } }))).toEqual(['template.name_invalid']);
    expect(await codes(operator().call(create, { params, body: { name: 'Bare' } }))).toEqual(['template.name_taken']);
    for (const [code, settings] of [
      ['domestic.standard_missing', none],
      ['domestic.rate_model_mixed', mixed],
    ] as const) {
      const domesticShipping = settings as never;
      expect(await codes(operator().call(create, { params, body: { name: 'New', domesticShipping } }))).toContain(code);
      expect(await codes(operator().call(editDomesticShipping, { ...on(bare), body: { domesticShipping } }))).toContain(
        code,
      );
    }
    expect(await codes(operator().call(renameTemplate, { ...on(bare), body: { name: '' } }))).toEqual([
      'template.name_invalid',
    ]);
    const copy = operator().call(routes.skus.copyDomesticOnly, {
      params: { templateId: shop.world as TemplateId },
      body: { name: ' ' },
    });
    expect(await codes(copy)).toEqual(['template.name_invalid']);
  });

  it('with SKUs stay', async () => {
    expect(await codes(operator().call(deleteTemplate, enabled()))).toContain('template.has_skus');
  });

  it('are edited abroad only where GE is on, and keep the shape of their fees', async () => {
    const { editInternational, editShipFrom } = routes.templates;
    const shipFrom = (ids: readonly string[]) => ({ shipFrom: ids as AddressId[] });
    expect(await codes(operator().call(editInternational, { ...on(bare), body: {} }))).toEqual([
      'template.not_enabled',
    ]);
    expect(await codes(operator().call(editShipFrom, { ...on(bare), body: shipFrom(addressIds) }))).toEqual([
      'template.not_enabled',
    ]);
    for (const [ids, code] of [
      [[], 'template.ship_from_missing'],
      [['none'], 'template.ship_from_unknown'],
      [Array.from({ length: 51 }, () => 'none'), 'template.ship_from_too_many'],
    ] as const) {
      expect(await codes(operator().call(editShipFrom, { ...enabled(), body: shipFrom(ids) }))).toContain(code);
      const step = operator().call(routes.wizard.chooseShipFrom, { ...on(bare), body: shipFrom(ids) });
      expect(await codes(step)).toEqual(['template.step_missing']);
    }
    await gateway.database.query('update shipping_templates set international_fees = $2::jsonb where id = $1', [
      shop.world,
      JSON.stringify(prefillFees(currentFeeSchedule(new Date()).version)),
    ]);
    const { internationalFees } = await operator().call(routes.templates.getTemplate, enabled());
    const { zone } = internationalFees!.zones[0]!;
    const fees = [{ zone, model: { kind: 'per_item' as const, perShipment: free, perItem: free } }];
    expect(await codes(operator().call(editInternational, { ...enabled(), body: { fees } }))).toEqual([
      'template.fee_shape_changed',
    ]);
    const preferences = { ...shipFrom(addressIds), carrierPreferences: [''] };
    expect(await codes(operator().call(editShipFrom, { ...enabled(), body: preferences }))).toContain(
      'template.carrier_preference_invalid',
    );
  });
});

describe('the wizard', () => {
  const { switchAutomationOn, chooseShipFrom, switchGlobalExpressOn, reviewOptions } = routes.wizard;
  const { confirmOptions, saveTemplate, previewByHand, enableByHand } = routes.wizard;
  const choice = () => ({ shipFrom: [addressIds[0]!] });
  const steps: Readonly<Record<string, (at: ReturnType<typeof on>) => Promise<unknown>>> = {
    automation: (at) => operator().call(switchAutomationOn, at),
    shipFrom: (at) => operator().call(chooseShipFrom, { ...at, body: choice() }),
    globalExpress: (at) => operator().call(switchGlobalExpressOn, at),
    review: (at) => operator().call(reviewOptions, at),
    confirm: (at) => operator().call(confirmOptions, { ...at, body: { digest: 'x' } }),
    save: (at) => operator().call(saveTemplate, at),
    preview: (at) => operator().call(previewByHand, { ...at, body: choice() }),
    enable: (at) => operator().call(enableByHand, { ...at, body: choice() }),
  };

  it('is over where GE is on', async () => {
    for (const [name, step] of Object.entries(steps)) {
      expect(await codes(step(enabled())), name).toEqual(['template.already_enabled']);
    }
  });

  it('goes step by step', async () => {
    for (const name of ['shipFrom', 'globalExpress', 'review', 'confirm', 'save']) {
      expect(await codes(steps[name]!(on(bare))), name).toEqual(['template.step_missing']);
    }
  });

  it('begins with a seller of the United States and an address', async () => {
    const templates = await operator().call(routes.templates.listTemplates, { params: { sellerId: abroad } });
    const at = on(templates.items[0]!.id, abroad);
    for (const name of ['automation', 'preview', 'enable']) {
      const missing = await codes(steps[name]!(at));
      expect(missing, name).toEqual(['template.step_missing', 'template.general_address_missing']);
      await setCountry('CN', abroad);
      expect(await codes(steps[name]!(at)), name).toEqual(['seller.not_in_united_states']);
      await setCountry('US', abroad);
    }
  });

  it('wants warehouses that do, domestic settings, and the digest of what was reviewed', async () => {
    const at = on(bare);
    await steps.automation!(at);
    for (const [ids, code] of [
      [[], 'template.ship_from_missing'],
      [['none'], 'template.ship_from_unknown'],
      [Array.from({ length: 51 }, () => 'none'), 'template.ship_from_too_many'],
    ] as const) {
      const body = { shipFrom: ids as readonly string[] as AddressId[] };
      expect(await codes(operator().call(chooseShipFrom, { ...at, body }))).toContain(code);
      expect(await codes(operator().call(previewByHand, { ...at, body }))).toContain(code);
      expect(await codes(operator().call(enableByHand, { ...at, body }))).toContain(code);
    }
    const body = { ...choice(), carrierPreferences: [''] };
    for (const route of [chooseShipFrom, previewByHand, enableByHand]) {
      expect(await codes(operator().call(route, { ...at, body }))).toContain('template.carrier_preference_invalid');
    }
    await steps.shipFrom!(at);
    await steps.globalExpress!(at);
    for (const name of ['review', 'preview', 'enable']) {
      expect(await codes(steps[name]!(at)), name).toContain('template.domestic_missing');
    }
    const settings = { domesticShipping: domestic as never };
    await operator().call(routes.templates.editDomesticShipping, { ...at, body: settings });
    const stale = operator().call(enableByHand, { ...at, body: { ...choice(), digest: 'another' } });
    expect(await codes(stale)).toEqual(['template.digest_stale']);
    const { review } = await operator().call(reviewOptions, at);
    await operator().call(confirmOptions, { ...at, body: { digest: review.digest } });
    const [level] = domestic.serviceLevels;
    const slower = { serviceLevels: [{ ...level!, transitDays: { min: 4, max: 5 } }] };
    await operator().call(routes.templates.editDomesticShipping, {
      ...at,
      body: { domesticShipping: slower as never },
    });
    expect(await codes(steps.save!(at))).toEqual(['template.digest_stale']);
  });
});
