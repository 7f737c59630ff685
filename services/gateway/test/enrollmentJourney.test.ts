import { type Client, type Route, routes } from '@ge/api';
import type { AddressId, TemplateId } from '@ge/domain';
import { eventually, type ServiceProcess, startService, testSpace } from '@ge/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordedClient } from './recordedClient.ts';
import { codesOf, refusedWith } from './refusedWith.ts';
import { createTemplate, domestic, importSeller, poBox, seattle } from './sellers.ts';
import { startGateway, type TestGateway } from './startGateway.ts';

/** One seller's way through the enrollment half, with the real workers behind the gateway, in the order of the story. */
let gateway: TestGateway;
let services: readonly ServiceProcess[] = [];
let operator: Client;
let seller: Client;
let sellerId: string;
let addressIds: readonly AddressId[];
const answered = new Set<string>();

beforeAll(async () => {
  gateway = await startGateway();
  const options = { databaseUrl: gateway.databaseUrl, space: testSpace() };
  services = await Promise.all(
    ['relay', 'template-propagation', 'region-fanout'].map((name) => startService(name, options)),
  );
  operator = recordedClient(gateway.operator, answered);
  ({ sellerId, addressIds } = await importSeller(operator, { addresses: [seattle, poBox], generalAddress: null }));
  seller = recordedClient(await gateway.clientOf('seller', sellerId), answered);
});
afterAll(async () => {
  await Promise.all(services.map((service) => service.stop()));
  await gateway?.close();
});

const ofSeller = () => ({ params: { sellerId } });
const ofTemplate = (templateId: string) => ({ params: { sellerId, templateId } });
const read = (templateId: string) => seller.call(routes.templates.getTemplate, ofTemplate(templateId));
const becomes = (templateId: string, state: string) =>
  eventually(`${templateId} is ${state}`, async () => (await read(templateId)).geState === state);

const named: Record<string, TemplateId> = {};

describe('a seller’s way through the enrollment half', () => {
  it('begins with an address that holds R6', async () => {
    const [good, box] = addressIds;
    const refused = seller.call(routes.addresses.setGeneralAddress, { ...ofSeller(), body: { addressId: box! } });
    expect(codesOf(await refusedWith(refused))).toContain('address.po_box');
    await seller.call(routes.addresses.setGeneralAddress, { ...ofSeller(), body: { addressId: good! } });
    expect((await seller.call(routes.sellers.getSeller, ofSeller())).generalAddressId).toBe(good);
    expect((await operator.call(routes.sellers.listSellers)).items.map(({ id }) => id)).toContain(sellerId);

    const dock = { ...seattle, line1: '88 Dock Street' };
    const body = { addresses: [dock, seattle] };
    const added = await seller.call(routes.addresses.addAddresses, { ...ofSeller(), body });
    expect(added.addressIds[1]).toBe(good);
    const { items } = await seller.call(routes.addresses.listAddresses, ofSeller());
    const lines = items.map(({ address }) => address.line1);
    expect(lines.sort()).toEqual([seattle.line1, dock.line1, poBox.line1].sort());
    const checked = await seller.call(routes.addresses.checkAddress, { body: { address: poBox } });
    expect(checked).toMatchObject({ valid: false, normalised: null });
  });

  it('has templates in every state of the wizard', async () => {
    named.ready = await createTemplate(seller, sellerId, 'Ready');
    named.bare = await createTemplate(seller, sellerId, 'Bare', null);
    const { results } = await operator.call(routes.templates.importTemplates, {
      ...ofSeller(),
      body: {
        templates: [
          { name: 'Automated', domesticShipping: domestic as never, regionAutomation: true, domesticAutomation: true },
          {
            name: 'Confirmed',
            domesticShipping: domestic as never,
            shipFrom: [addressIds[0]!],
            wizardStep: 'confirmed',
            isDefault: true,
          },
          { name: 'Ready' },
          { name: 'Early', shipFrom: [addressIds[0]!], wizardStep: 'reviewed' },
          { name: 'Astray', shipFrom: ['adr_unknown'] },
        ],
      },
    });
    expect(results.map(({ refusals }) => refusals.map(({ code }) => code))).toEqual([
      [],
      [],
      ['template.name_taken'],
      ['template.domestic_missing'],
      ['template.ship_from_unknown'],
    ]);
    for (const { name, templateId } of results) if (templateId) named[name.toLowerCase()] = templateId;
    const { items } = await seller.call(routes.templates.listTemplates, ofSeller());
    expect(items.map(({ name, isDefault, wizard }) => [name, isDefault, wizard?.step ?? null]).sort()).toEqual([
      ['Automated', false, null],
      ['Bare', false, null],
      ['Confirmed', true, 'confirmed'],
      ['Ready', false, null],
    ]);
  });

  it('is invited by the operator and sees beforehand what Enroll would do', async () => {
    const invited = await operator.call(routes.invitations.invite, ofSeller());
    expect(invited.invitation).toMatchObject({ sellerId, state: 'open', revision: 1 });
    const preview = await seller.call(routes.enrollment.previewEnrollment, { ...ofSeller(), body: {} });
    expect(preview).toMatchObject({ wouldEnable: 3, blocked: 1, alreadyEnabled: 0 });
    const bare = preview.templates.find(({ templateId }) => templateId === named.bare);
    expect(bare?.blockedBy.map(({ code, rule }) => [code, rule])).toEqual([['template.domestic_missing', 'R9']]);
  });

  it('presses Enroll for some templates, then for all', async () => {
    const some = { ...ofSeller(), body: { templates: [named.ready!, named.bare!] } };
    const accepted = await seller.send(routes.enrollment.enroll, some);
    expect(accepted.status).toBe(202);
    expect(accepted.headers.get('location')).toBe(accepted.body.links.operation);
    await becomes(named.ready!, 'enabled');
    await becomes(named.bare!, 'blocked');
    expect((await read(named.bare!)).blockedBy).toMatchObject([{ code: 'template.domestic_missing', rule: 'R9' }]);
    expect((await read(named.automated!)).geState).toBe('off');
    const { items } = await operator.call(routes.invitations.listInvitations, { query: { sellerId } });
    expect(items).toMatchObject([{ state: 'accepted' }]);

    const { operationId } = accepted.body;
    const told = await Array.fromAsync(seller.follow(routes.operations.followOperation, { params: { operationId } }));
    expect(told.at(-1)?.counts).toMatchObject({ templatesEnabled: 1, templatesBlocked: 1 });
    expect(await seller.call(routes.operations.getOperation, { params: { operationId } })).toEqual(told.at(-1));
    expect((await seller.call(routes.operations.listOperations, ofSeller())).items[0]?.id).toBe(operationId);

    await seller.call(routes.enrollment.enroll, { ...ofSeller(), body: {} });
    await becomes(named.automated!, 'enabled');
    const standing = await eventually('the enrollment is closed', async () => {
      const found = await seller.call(routes.enrollment.getEnrollment, ofSeller());
      return found.enrollment?.state === 'active_with_blocked' ? found : null;
    });
    expect(standing.templates).toEqual({ off: 0, enabled: 3, blocked: 1, deactivated: 0 });
  });

  it('supplies what was missing and enables the blocked template by hand, step by step (R7, R8)', async () => {
    const at = ofTemplate(named.bare!);
    const early = await refusedWith(seller.call(routes.wizard.confirmOptions, { ...at, body: { digest: 'x' } }));
    expect(early).toMatchObject({ status: 422, code: 'template.step_missing' });
    expect(early.errors[0]!.message).toContain('automation_on');

    const body = { domesticShipping: domestic as never };
    await seller.call(routes.templates.editDomesticShipping, { ...at, body });
    await seller.call(routes.wizard.switchAutomationOn, at);
    await seller.call(routes.wizard.chooseShipFrom, { ...at, body: { shipFrom: [addressIds[0]!] } });
    await seller.call(routes.wizard.switchGlobalExpressOn, at);
    const { review } = await seller.call(routes.wizard.reviewOptions, at);
    expect(review.options.destinations.length).toBeGreaterThanOrEqual(100);
    const stale = seller.call(routes.wizard.confirmOptions, { ...at, body: { digest: `${review.digest}x` } });
    expect((await refusedWith(stale)).code).toBe('template.digest_stale');
    await seller.call(routes.wizard.confirmOptions, { ...at, body: { digest: review.digest } });
    await seller.call(routes.wizard.saveTemplate, at);
    await becomes(named.bare!, 'enabled');
    const standing = await seller.call(routes.enrollment.getEnrollment, ofSeller());
    expect(standing.enrollment?.state).toBe('active');
  });

  it('changes fees, while transit time and countries are managed (R10)', async () => {
    const at = ofTemplate(named.ready!);
    const managed = { transitTime: { min: 1 }, countries: null };
    const refused = await refusedWith(seller.call(routes.templates.editInternational, { ...at, body: managed }));
    expect(codesOf(refused)).toEqual(['template.transit_time_managed', 'template.countries_managed']);
    const { internationalFees } = await read(named.ready!);
    const [first] = internationalFees!.zones;
    if (first!.model.kind !== 'per_weight') throw new Error('the pre-filled fee is by weight');
    const model = { ...first!.model, perShipment: { minor: 1234, currency: 'USD' as const } };
    const body = { fees: [{ zone: first!.zone, model }] };
    const { template } = await seller.call(routes.templates.editInternational, { ...at, body });
    expect(template.internationalFees?.zones[0]).toEqual({ zone: first!.zone, model, setBy: 'seller' });
    const shipFrom = { shipFrom: [addressIds[0]!], carrierPreferences: ['UPS'] };
    const moved = await seller.call(routes.templates.editShipFrom, { ...at, body: shipFrom });
    expect(moved.template).toMatchObject({ domesticAutomation: true, carrierPreferences: ['UPS'] });
  });

  it('excludes destinations from the templates of that moment; one enabled later drifts until saved again (R11, R12)', async () => {
    const save = (excludedDestinations: string[]) =>
      seller.call(routes.regions.saveRegionSetting, { ...ofSeller(), body: { excludedDestinations } });
    const unknown = await refusedWith(save(['FR', 'XX', 'US', 'M49-999']));
    expect(unknown.errors.map(({ field }) => field)).toEqual([
      '/excludedDestinations/1',
      '/excludedDestinations/2',
      '/excludedDestinations/3',
    ]);
    expect(await save(['M49-155', 'JP'])).toMatchObject({ version: 1, excludedDestinations: ['JP', 'M49-155'] });
    await eventually('the setting is applied', async () => (await read(named.ready!)).appliedSettingVersion === 1);
    expect((await read(named.ready!)).destinations).not.toContain('FR');

    named.late = await createTemplate(seller, sellerId, 'Late');
    const at = ofTemplate(named.late!);
    const choice = { shipFrom: [addressIds[0]!] };
    const { review } = await seller.call(routes.wizard.previewByHand, { ...at, body: choice });
    expect((await read(named.late!)).wizard).toBeNull();
    const enabled = await seller.call(routes.wizard.enableByHand, {
      ...at,
      body: { ...choice, digest: review.digest },
    });
    expect(enabled.review).toEqual(review);
    await becomes(named.late!, 'enabled');
    expect((await read(named.late!)).drift).toEqual({ drifts: true, appliedVersion: 0, currentVersion: 1 });
    const setting = await seller.call(routes.regions.getRegionSetting, ofSeller());
    expect(setting).toMatchObject({ version: 1, enabledTemplates: 5, driftingTemplates: 1, autoApply: false });
    const drift = await seller.call(routes.regions.listDrift, ofSeller());
    expect(drift.items.map(({ templateId }) => templateId)).toEqual([named.late]);
    await save(['M49-155', 'JP']);
    await eventually('the drift is over', async () => !(await read(named.late!)).drift.drifts);
    const auto = await seller.call(routes.regions.setAutoApply, { ...ofSeller(), body: { autoApply: true } });
    expect(auto.autoApply).toBe(true);
  });

  it('sees a suspended destination at once, and in its own column soon after (R13)', async () => {
    const body = { destination: 'BR', reason: 'The carrier has stopped.' };
    const suspended = await operator.call(routes.suspensions.suspend, { body });
    expect((await read(named.ready!)).destinations).not.toContain('BR');
    await eventually('it is visible', async () => (await read(named.ready!)).suspendedDestinations.includes('BR'));
    expect((await read(named.ready!)).excludedDestinations).toEqual(['JP', 'M49-155']);
    expect((await refusedWith(operator.call(routes.suspensions.suspend, { body }))).code).toBe(
      'suspension.already_active',
    );
    const lift = { params: { suspensionId: suspended.suspension.id } };
    await operator.call(routes.suspensions.lift, lift);
    expect((await read(named.ready!)).destinations).toContain('BR');
    await eventually('it is gone', async () => (await read(named.ready!)).suspendedDestinations.length === 0);
    expect((await refusedWith(operator.call(routes.suspensions.lift, lift))).code).toBe('suspension.already_lifted');
    expect((await seller.call(routes.suspensions.listSuspensions)).items).toMatchObject([{ state: 'lifted' }]);
    const tree = await seller.call(routes.regions.listDestinations);
    expect(tree.destinations).toHaveLength(5);
    expect(tree.servedCountries).toBeGreaterThanOrEqual(100);
  });

  it('renames, chooses another default, and deletes only what nothing needs (R15, R16)', async () => {
    const latest = { ...ofTemplate(named.late!), body: { name: 'Latest' } };
    const renamed = await seller.call(routes.templates.renameTemplate, latest);
    expect(renamed.template.name).toBe('Latest');
    expect((await read(named.late!)).aliases).toEqual(['Late']);
    const taken = seller.call(routes.templates.renameTemplate, { ...ofTemplate(named.ready!), body: { name: 'Late' } });
    expect((await refusedWith(taken)).code).toBe('template.name_taken');
    const kept = await refusedWith(seller.call(routes.templates.deleteTemplate, ofTemplate(named.confirmed!)));
    expect(codesOf(kept)).toEqual(['template.default_kept']);
    const { template } = await seller.call(routes.templates.makeDefault, ofTemplate(named.ready!));
    expect(template.isDefault).toBe(true);
    await seller.call(routes.templates.deleteTemplate, ofTemplate(named.confirmed!));
    expect((await refusedWith(read(named.confirmed!))).code).toBe('http.not_found');
  });

  it('leaves with one template, then with all, each by its own branch (R19, R20)', async () => {
    const preview = await seller.call(routes.deactivation.previewDeactivation, { ...ofSeller(), body: {} });
    expect(preview).toMatchObject({ wouldDeactivate: 4, pendingOrders: 0 });
    expect(preview.templates.find(({ templateId }) => templateId === named.ready)?.branch).toBe('international_off');
    await seller.call(routes.deactivation.deactivateTemplate, ofTemplate(named.late!));
    await becomes(named.late!, 'deactivated');
    await seller.call(routes.deactivation.deactivateAll, ofSeller());
    for (const id of [named.ready!, named.automated!, named.bare!]) await becomes(id, 'deactivated');
    expect(await read(named.ready!)).toMatchObject({ regionAutomation: true, internationalAutomation: false });
    expect(await read(named.bare!)).toMatchObject({ regionAutomation: false });
  });

  it('may be invited again, asked for by an inquiry (R2)', async () => {
    const open = () =>
      seller.call(routes.inquiries.openInquiry, { ...ofSeller(), body: { message: 'We would like to join again.' } });
    const first = await open();
    expect((await refusedWith(open())).code).toBe('inquiry.already_open');
    const mail = { body: { from: 'stranger@example.com', text: 'May I join?' } };
    expect((await operator.call(routes.inquiries.receiveMail, mail)).inquiry).toBeNull();
    const denial = { params: { inquiryId: first.id }, body: { reason: 'Not this month.' } };
    expect((await operator.call(routes.inquiries.denyInquiry, denial)).inquiry.state).toBe('denied');
    const again = await refusedWith(operator.call(routes.inquiries.denyInquiry, denial));
    expect(again.code).toBe('inquiry.already_decided');
    await operator.call(routes.inquiries.approveInquiry, { params: { inquiryId: (await open()).id } });
    const cases = await operator.call(routes.inquiries.listInquiries, { query: { sellerId } });
    expect(cases.items.map(({ state, reason }) => [state, reason])).toEqual([
      ['denied', 'Not this month.'],
      ['approved', null],
    ]);
    const { items } = await operator.call(routes.invitations.listInvitations, { query: { sellerId, state: 'open' } });
    const at = { params: { invitationId: items[0]!.id } };
    const reissued = await operator.call(routes.invitations.reissue, at);
    expect(reissued.invitation.revision).toBe(2);
    expect((await operator.call(routes.invitations.revoke, at)).state).toBe('revoked');
    expect((await refusedWith(operator.call(routes.invitations.revoke, at))).code).toBe('invitation.not_open');
  });

  it('is found by a campaign', async () => {
    const { campaignId } = await operator.call(routes.invitations.startCampaign);
    const campaign = await operator.call(routes.invitations.getCampaign, { params: { campaignId } });
    expect(campaign).toMatchObject({ id: campaignId, state: 'running', invitations: { open: 0 } });
  });

  it('has been through every route of this half', () => {
    const { sellers, addresses, invitations, inquiries, enrollment, templates, wizard } = routes;
    const { regions, deactivation, suspensions, operations } = routes;
    const half = [sellers, addresses, invitations, inquiries, enrollment, templates, wizard];
    const ids = [...half, regions, deactivation, suspensions, operations]
      .flatMap((noun) => Object.values<unknown>(noun))
      .filter((value): value is Route => typeof value === 'object' && value !== null && 'scopes' in value)
      .map(({ id }) => id);
    expect(ids.length).toBeGreaterThan(45);
    expect(ids.filter((id) => !answered.has(id))).toEqual([]);
  });
});
