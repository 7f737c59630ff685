import { routes } from '@ge/api';
import { fanOutRegionSetting } from '@ge/contracts';
import {
  countBehindSetting,
  drawCommandNo,
  newestRegionSettings,
  outgoing,
  RegionSettingEntity,
  SellerEntity,
  startOperation,
  templatesBehindSetting,
} from '@ge/database';
import {
  saveRegionSetting as decideSetting,
  destinationTree,
  servedDestinations,
  setRegionAutoApply,
  templateDrift,
} from '@ge/domain';
import { acceptedBody } from '../http/accepted.ts';
import { handle } from '../http/handler.ts';
import { pageOf } from '../http/pages.ts';
import { decided } from '../http/refused.ts';
import { lockSeller, readSeller } from '../sellers/lockSeller.ts';

export const listDestinations = handle(routes.regions.listDestinations, async ({ now }) => ({
  status: 200,
  body: { destinations: destinationTree(now), servedCountries: servedDestinations(now).length },
}));

export const getRegionSetting = handle(routes.regions.getRegionSetting, async ({ tx, params }) => {
  const seller = await readSeller(tx, params.sellerId);
  const [setting] = await newestRegionSettings(tx, [seller.id]);
  const { enabled, behind } = await countBehindSetting(tx, seller.id, seller.regionSettingVersion);
  return {
    status: 200,
    body: {
      version: setting?.version ?? 0,
      excludedDestinations: setting?.excludedDestinations ?? [],
      savedAt: setting?.savedAt ?? null,
      autoApply: seller.regionAutoApply,
      enabledTemplates: enabled,
      driftingTemplates: behind,
    },
  };
});

export const listDrift = handle(routes.regions.listDrift, async ({ tx, params, query }) => {
  const seller = await readSeller(tx, params.sellerId);
  const { regionSettingVersion: version } = seller;
  const wanted = { sellerId: seller.id, version, after: query.cursor ?? null, limit: query.limit + 1 };
  const rows = await templatesBehindSetting(tx, wanted);
  const shown = pageOf(
    rows,
    query.limit,
    ({ id }) => id,
    (row) => ({ templateId: row.id, name: row.name, drift: templateDrift(row, seller) }),
  );
  return { status: 200, body: shown };
});

export const saveRegionSetting = handle(routes.regions.saveRegionSetting, async ({ tx, params, body, now, locale }) => {
  const seller = await lockSeller(tx, params.sellerId);
  const commandNo = await drawCommandNo(tx, seller.id);
  const decision = decideSetting(seller, body.excludedDestinations, commandNo, now);
  const { setting, seller: next } = decided(decision);
  await tx.insert(RegionSettingEntity, [setting]);
  await tx.update(SellerEntity, [{ ...seller, ...next }], ['regionSettingVersion']);
  const { version, excludedDestinations } = setting;
  const payload = { sellerId: seller.id, version };
  const message = outgoing(fanOutRegionSetting, { payload, sellerId: seller.id, commandNo });
  const command = { kind: fanOutRegionSetting.name, sellerId: seller.id, now };
  const operationId = await startOperation(tx, command, [message]);
  const accepted = acceptedBody(operationId, decision.ok ? decision.warnings : [], locale);
  return { status: 202, body: { ...accepted, version, excludedDestinations } };
});

export const setAutoApply = handle(routes.regions.setAutoApply, async ({ tx, params, body }) => {
  const seller = await lockSeller(tx, params.sellerId);
  await tx.update(SellerEntity, [{ ...seller, ...setRegionAutoApply(seller, body.autoApply) }], ['regionAutoApply']);
  return { status: 200, body: { autoApply: body.autoApply } };
});
