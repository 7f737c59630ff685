import { fanOutRegionSetting as contract } from '@ge/contracts';
import {
  enabledTemplatePages,
  lockForSetting,
  RegionSettingEntity,
  SellerEntity,
  ShippingTemplateEntity,
} from '@ge/database';
import { applyRegionSetting } from '@ge/domain';
import { batchHandler, carryOn, done, RowSet, skip } from '@ge/runtime';
import { sliceFor } from './slice.ts';

const settingKey = (sellerId: string, version: number) => `${sellerId} ${version}`;

/**
 * Carries a saved region setting over the seller's GE-enabled templates, slice by slice (R11): `sliceSize` in all, so
 * that many sellers at once take smaller slices and their transaction stays as short as that of one.
 */
export const fanOutRegionSetting = (sliceSize: number) =>
  batchHandler({
    contract,
    load: async (tx, jobs) => {
      const pageSize = Math.max(1, Math.floor((await sliceFor(tx, jobs, sliceSize)) / jobs.length));
      const found = await enabledTemplatePages(
        tx,
        jobs.map((job) => ({ sellerId: job.payload.sellerId, after: job.cursor?.afterTemplateId ?? null })),
        pageSize,
      );
      const pages = new Map(jobs.map((job, index) => [job.message.id, found[index]!]));
      const templates = await lockForSetting(tx, [...new Set(found.flat())]);
      const sellers = await tx.find(
        SellerEntity,
        jobs.map((job) => job.payload.sellerId),
      );
      const settings = await tx.find(
        RegionSettingEntity,
        jobs.map((job) => [job.payload.sellerId, job.payload.version]),
      );
      return {
        pageSize,
        pages,
        templates: new RowSet(templates, (row) => row.id),
        sellers: new Map(sellers.map((row) => [row.id, row])),
        settings: new Map(settings.map((row) => [settingKey(row.sellerId, row.version), row])),
      };
    },
    decide: (job, state) => {
      const { sellerId, version } = job.payload;
      const setting = state.settings.get(settingKey(sellerId, version));
      if (!setting) return skip('there is no such region setting');
      // The newer setting's own fan-out reaches every template that this one would.
      if (state.sellers.get(sellerId)!.regionSettingVersion > version) return skip('a newer setting was saved');

      const page = state.pages.get(job.message.id)!;
      let changed = 0;
      for (const id of page) {
        const template = state.templates.get(id);
        if (!template) continue;
        const outcome = applyRegionSetting(template, setting);
        if (outcome.kind === 'unchanged') continue;
        state.templates.put(outcome.template);
        changed += 1;
      }
      const progress = { counts: { templatesLookedAt: page.length, templatesChanged: changed } };
      if (page.length < state.pageSize) return done({ progress });
      return carryOn({ afterTemplateId: page.at(-1)! }, { progress });
    },
    save: async (tx, state) => {
      await tx.updateAlike(ShippingTemplateEntity, state.templates.changed(), {
        each: ['version'],
        alike: ['excludedDestinations', 'appliedSettingVersion'],
      });
    },
  });
