import {
  type AddressId,
  applyDirectChange,
  closeEnrollment,
  confirmRows,
  deactivateGlobalExpress,
  enableByHand,
  enableGlobalExpress,
  isProductCategory,
  type Order,
  type OrderId,
  pendingDuties,
  type SuspensionList,
  sellerEligibility,
  suspendDestination,
  type TemplateId,
  templateDrift,
  validateParcel,
} from '@ge/domain';
import { beforeAll, describe, expect, test } from 'vitest';
import { tally } from '../generate/expected/tally.ts';
import type { LabelRecord } from '../generate/plan/labels.ts';
import {
  type Account,
  accepted,
  codesOf,
  enablement,
  expected,
  importedAccounts,
  indexOf,
  nextCommandNo,
  noSuspensions,
  now,
  readJson,
  type SkuRecord,
  takeIn,
} from './inMemory.ts';
import { applyFeed, exportable, recordsOf } from './playedFeeds.ts';
import { follow, receive } from './playedOrders.ts';
import { saveSetting, showSuspensions } from './playedRegions.ts';
import type { StoryFile } from './storyFile.ts';

const { steps } = expected();
const story = readJson<StoryFile>('story.json');
let accounts: ReadonlyMap<string, Account>;
let suspensions: SuspensionList = noSuspensions;
const orders = new Map<string, Order>();

beforeAll(() => {
  accounts = importedAccounts();
});

const all = <T>(pick: (account: Account) => Iterable<T>): T[] =>
  [...accounts.values()].flatMap((account) => [...pick(account)]);

/** The rules of the programme play the story; the generator, which knows none of them, has said what must come of it. */
describe('the rules and the generator agree, step by step', () => {
  test('import: templates reach the wizard steps, SKUs get their verdicts', () => {
    const templates = all((account) => account.templates.values());
    expect(tally(templates.map(({ wizard }) => wizard?.step ?? 'untouched'))).toEqual(
      steps.import.templatesByWizardStep,
    );
    expect(templates.filter((template) => template.domesticAutomation)).toHaveLength(
      steps.import.templatesWithDomesticAutomation,
    );
    expect(templates.filter(({ domesticShipping }) => !domesticShipping)).toHaveLength(
      steps.import.templatesWithoutDomesticSettings,
    );
    expect(tally(all((account) => account.skus.values()).map(({ verdict }) => verdict))).toEqual(
      steps.import.skusByVerdict,
    );
    const unknown = readJson<SkuRecord[]>('skus.json').filter(
      (sku) => sku.exportData && !isProductCategory(sku.exportData.category),
    );
    expect(unknown).toEqual([]);
  });

  test('campaign: only sellers in the United States are invited', () => {
    const invited = [...accounts.values()].filter(({ seller }) => sellerEligibility(seller).ok);
    expect(invited).toHaveLength(steps.campaign.invited);
    expect(accounts.size - invited.length).toBe(steps.campaign.notEligible);
    expect(invited.length - story.ignoreInvitation.length).toBe(steps.enroll.pressedEnroll);
  });

  test('propagation: every template of every enrolled seller is enabled, or blocked with each missing item', () => {
    const ignored = new Set(story.ignoreInvitation);
    const perSeller: Record<string, object> = {};
    const blockedBy: string[] = [];
    for (const account of accounts.values()) {
      if (!sellerEligibility(account.seller).ok || ignored.has(account.seller.id)) continue;
      const commandNo = nextCommandNo(account);
      let blocked = 0;
      for (const template of account.templates.values()) {
        const outcome = enableGlobalExpress(template, enablement(account, commandNo));
        account.templates.set(template.id, outcome.template);
        if (outcome.kind !== 'blocked') continue;
        blocked += 1;
        blockedBy.push(codesOf(outcome.refusals).sort().join(' + '));
      }
      const { state } = closeEnrollment(
        {
          sellerId: account.seller.id,
          state: 'propagating',
          commandNo,
          templateScope: null,
          operationId: null,
          enrolledAt: now,
          closedAt: null,
        },
        blocked,
        commandNo,
        now,
      );
      const enabled = account.templates.size - blocked;
      perSeller[account.seller.id] = { state, enabled, blocked, exportableSkus: exportable(account) };
    }
    expect(tally(blockedBy)).toEqual(steps.propagation.blockedByAllCodes);
    expect(perSeller).toEqual(steps.propagation.perSeller);
  });

  test('regions: a save reaches the templates enabled by then, a bad list is refused by name', () => {
    const refused: string[] = [];
    let touched = 0;
    for (const record of readJson<{ sellerId: string; excludedDestinations: string[] }[]>('regions.json')) {
      const account = accounts.get(record.sellerId)!;
      const saved = saveSetting(account, record.excludedDestinations);
      touched += saved.touched;
      refused.push(...saved.refusedWith);
      if (saved.refusedWith.length > 0) continue;
      const must = steps.regions.perSeller[record.sellerId]!;
      expect(saved.touched).toBe(must.templatesTouched);
      expect(account.setting).toMatchObject({ version: must.version, excludedDestinations: must.excludedDestinations });
    }
    expect(touched).toBe(steps.regions.templatesTouched);
    expect(tally(refused)).toEqual(steps.regions.refusedByCode);
  });

  test('a template enabled after the save drifts until it is saved again, or not at all by opt-in', () => {
    for (const [turn, record] of story.lateTemplates.entries()) {
      const account = accounts.get(record.sellerId)!;
      const must = steps.lateTemplates.cases[turn]!;
      takeIn(account, { ...record, wizard: null });
      const { carrierPreferences } = record.wizard;
      const shipFrom = record.wizard.shipFrom as readonly AddressId[];
      const created = account.templates.get(record.id as TemplateId)!;
      const context = enablement(account, nextCommandNo(account));
      const { template } = accepted(enableByHand(created, { shipFrom, carrierPreferences }, context));
      account.templates.set(template.id, template);
      const drift = templateDrift(template, account.seller);
      expect({
        drifts: drift.drifts,
        appliedSettingVersion: drift.appliedVersion,
        currentSettingVersion: drift.currentVersion,
        excludedDestinations: template.excludedDestinations,
      }).toEqual(must.onceEnabled);
      if (!must.savedAgain) continue;
      const again = saveSetting(account, account.setting!.excludedDestinations);
      expect(again.touched).toBe(must.savedAgain.templatesTouched);
      expect(account.setting!.version).toBe(must.savedAgain.version);
      expect([...account.templates.values()].filter((one) => templateDrift(one, account.seller).drifts)).toEqual([]);
    }
  });

  test('page: fifty changes get their results, fifty-one are refused', () => {
    const account = accounts.get(story.pageAssignment.sellerId)!;
    const must = steps.pageAssignment;
    const asItems = (items: StoryFile['pageAssignment']['items']) =>
      items.map(({ sku, templateId }) => ({ sku, template: { id: templateId } }));
    const index = indexOf(account);
    const refused = applyDirectChange(asItems(story.pageAssignment.oneTooMany), account.skus, index, 0);
    expect(refused.ok ? [] : codesOf(refused.refusals)).toEqual([must.oneTooMany.refusedWith]);
    expect(exportable(account)).toBe(must.exportableSkus.before);
    const change = accepted(
      applyDirectChange(asItems(story.pageAssignment.items), account.skus, index, nextCommandNo(account)),
    );
    for (const sku of change.changed) account.skus.set(sku.sku, sku);
    expect(change.results.map(({ outcome }) => outcome)).toEqual(must.results);
    expect(tally(change.results.flatMap(({ problems }) => codesOf(problems)))).toEqual(must.rejectedByCode);
    expect(exportable(account)).toBe(must.exportableSkus.after);
  });

  test('feeds: every row of both files ends as it was made to', async () => {
    for (const name of ['inventoryLoader', 'productFeed'] as const) {
      const { counts, rejectedByCode, warningsByCode, exportableSkus, sellerId } = steps[name];
      const samples = steps[name].samples.map(({ recordNo, outcome, code }) => ({ recordNo, outcome, code }));
      const played = await applyFeed(accounts.get(sellerId)!, story.feeds[name], samples);
      expect(played).toEqual({ counts, rejectedByCode, warningsByCode, exportableSkus, samples });
    }
  });

  test('orders: accepted and refused, each line by its reason', () => {
    const { samples, ...must } = steps.orders;
    expect(receive('trading', accounts, suspensions, orders)).toEqual(must);
    for (const { orderId, lines } of samples.filter(({ refusedWith }) => refusedWith === null)) {
      const decided = orders
        .get(orderId)!
        .lines.map((line) => ({ lineId: line.lineId, refusedWith: line.refusals[0]?.code ?? null }));
      expect(decided).toEqual(lines);
    }
  });

  test('labels: every parcel holds what was accepted of its order', () => {
    const labels = readJson<LabelRecord[]>('labels.json');
    expect(labels).toHaveLength(steps.labels.bought);
    for (const { orderId, parcel } of [...labels, ...story.labelsAfterDeactivation]) {
      accepted(validateParcel(parcel, orders.get(orderId)!));
    }
    for (const { orderId } of labels)
      orders.set(orderId, { ...orders.get(orderId)!, state: 'confirmed', confirmedAt: now });
    const pending = [...orders.values()].filter((order) => order.isGlobalExpress && order.state === 'pending');
    expect(pending).toHaveLength(steps.labels.gePendingAfterwards);
  });

  test('confirmation file: domestic rows are processed, Global Express rows refused', async () => {
    const must = steps.confirmation;
    const sellerId = accounts.get(must.sellerId)!.seller.id;
    const records = await recordsOf(story.feeds.confirmation);
    const rows = records.flatMap((record) =>
      record.kind === 'confirmation'
        ? [
            {
              recordNo: record.recordNo,
              orderId: record.orderId as OrderId,
              lineId: record.items[0]?.orderItemId ?? null,
              quantity: record.items[0]?.quantity ?? null,
              shipDate: new Date(record.shipDate),
            },
          ]
        : [],
    );
    const slice = confirmRows(rows, orders as ReadonlyMap<string, Order>, sellerId, now);
    const rejected = [
      ...records.filter(({ kind }) => kind === 'rejected').map(({ problems }) => codesOf(problems)[0]!),
      ...slice.results.filter(({ outcome }) => outcome === 'rejected').map(({ problems }) => problems[0]!.code),
    ];
    expect(records).toHaveLength(must.counts.processed);
    expect(rejected).toHaveLength(must.counts.rejected);
    expect(tally(rejected)).toEqual(must.rejectedByCode);
    expect(slice.changed.filter(({ state }) => state === 'confirmed')).toHaveLength(must.ordersConfirmed);
    expect(slice.changed.filter(({ state }) => state === 'pending')).toHaveLength(must.ordersConfirmedInPart);
    for (const order of slice.changed) orders.set(order.id, order);
    expect(must.gePendingOrdersUntouched.map((id) => orders.get(id)!.state)).toEqual(
      must.gePendingOrdersUntouched.map(() => 'pending'),
    );
  });

  test('suspension: holds the pending orders, shows in every enabled template, and lifting undoes just that', () => {
    const must = steps.suspension;
    const active = accepted(suspendDestination({ ...story.suspension, id: 'sus_1' as never }, noSuspensions, now));
    suspensions = { active: [active], version: 1 };
    expect(showSuspensions(accounts, suspensions)).toBe(must.templatesShowingIt);
    expect(follow('held', accounts, suspensions, orders)).toEqual(must.held);
    expect(receive('while_suspended', accounts, suspensions, orders)).toEqual(must.meanwhile);
    suspensions = { active: [], version: 2 };
    expect(showSuspensions(accounts, suspensions)).toBe(must.lifted.templatesShowingIt);
    expect(follow('released', accounts, suspensions, orders)).toEqual(must.held);
    expect(receive('after_lifting', accounts, suspensions, orders)).toEqual(must.lifted.afterwards);
  });

  test('deactivation: both branches, and the pending orders stay', () => {
    for (const [turn, { sellerId, templateIds }] of story.deactivations.entries()) {
      const account = accounts.get(sellerId)!;
      const must = steps.deactivation.perSeller[turn]!;
      const commandNo = nextCommandNo(account);
      const named = (templateIds ?? [...account.templates.keys()]) as TemplateId[];
      const outcomes = named.map((id) => {
        const context = { seller: account.seller, currentSetting: account.setting, commandNo };
        const outcome = deactivateGlobalExpress(account.templates.get(id)!, context);
        return outcome.kind === 'deactivated' ? outcome.branch : outcome.kind;
      });
      expect(tally(outcomes)).toEqual(
        tally([
          ...Array<string>(must.internationalOff).fill('international_off'),
          ...Array<string>(must.regionAutomationOff).fill('region_automation_off'),
          ...Array<string>(must.unblocked).fill('unblocked'),
        ]),
      );
      const own = [...orders.values()].filter((order) => order.sellerId === sellerId);
      expect(
        pendingDuties(own, now)
          .map(({ orderId }) => orderId)
          .sort(),
      ).toEqual(must.pendingGeOrders);
    }
  });
});
