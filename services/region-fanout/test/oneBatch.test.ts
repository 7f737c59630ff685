import { fanOutRegionSetting as contract } from '@ge/contracts';
import {
  appendMessages,
  outgoing,
  RegionSettingEntity,
  SellerEntity,
  ShippingTemplateEntity,
  startOperation,
  type Transaction,
} from '@ge/database';
import type { SellerId } from '@ge/domain';
import { enabledTemplateRow, inOneBatchAndInTurn, sellerRow } from '@ge/testkit';
import { expect, test } from 'vitest';
import { fanOutRegionSetting } from '../fanOutRegionSetting.ts';
import { now, seller } from './suspensionScene.ts';

const settings = [
  { version: 1, commandNo: 10, excludedDestinations: ['FR'] },
  { version: 2, commandNo: 11, excludedDestinations: ['DE', 'M49-155'] },
];

const carry = (tx: Transaction, version: number) =>
  startOperation(tx, { kind: `setting ${version}`, sellerId: seller, now }, [
    outgoing(contract, { payload: { sellerId: seller, version }, sellerId: seller }),
  ]);

test('fan-outs of one seller in one batch end as one after another: the newest setting, once in each template (promise 4)', async () => {
  const { inOneBatch, inTurn } = await inOneBatchAndInTurn(async (database) => {
    await database.transaction(async (tx) => {
      await tx.insert(SellerEntity, [sellerRow(seller, { regionSettingVersion: 2, commandNo: 11 })]);
      await tx.insert(
        RegionSettingEntity,
        settings.map((setting) => ({ ...setting, sellerId: seller, savedAt: now })),
      );
      await tx.insert(
        ShippingTemplateEntity,
        Array.from({ length: 9 }, (_, no) => enabledTemplateRow(seller, `T-${no}`, 1)),
      );
      for (const version of [2, 1, 2]) await carry(tx, version);
    });
    return {
      handler: fanOutRegionSetting(12),
      left: async () => ({
        templates: await database.query(
          'select excluded_destinations, applied_setting_version, version from shipping_templates',
        ),
        changed: await database.query(
          `select kind, state, (counts->>'templatesChanged')::int as changed from operations order by kind, changed`,
        ),
        log: await database.query('select outcome, reason from message_log order by outcome, reason'),
      }),
    };
  });
  expect(inOneBatch).toEqual(inTurn);
  expect(inOneBatch.templates).toEqual(
    Array(9).fill({ excluded_destinations: ['DE', 'M49-155'], applied_setting_version: 2, version: 2 }),
  );
  expect(inOneBatch.changed).toEqual([
    { kind: 'setting 1', state: 'closed', changed: null },
    { kind: 'setting 2', state: 'closed', changed: 0 },
    { kind: 'setting 2', state: 'closed', changed: 9 },
  ]);
});

test('fan-outs of several sellers in one batch bring each seller their own setting, in as many round trips as one', async () => {
  const lists = [['FR'], ['DE', 'M49-155'], []];
  const { inOneBatch, inTurn } = await inOneBatchAndInTurn(async (database) => {
    await database.transaction(async (tx) => {
      for (const [no, excludedDestinations] of lists.entries()) {
        const sellerId = `S-${no}` as SellerId;
        await tx.insert(SellerEntity, [sellerRow(sellerId, { regionSettingVersion: 1, commandNo: 10 })]);
        await tx.insert(RegionSettingEntity, [
          { sellerId, version: 1, commandNo: 10, excludedDestinations, savedAt: now },
        ]);
        await tx.insert(
          ShippingTemplateEntity,
          Array.from({ length: 3 }, (_, at) => enabledTemplateRow(sellerId, `T-${no}${at}`, 1, { version: at })),
        );
        await appendMessages(tx, [outgoing(contract, { payload: { sellerId, version: 1 }, sellerId })]);
      }
    });
    return {
      handler: fanOutRegionSetting(96),
      left: () =>
        database.query(
          'select seller_id, excluded_destinations, applied_setting_version, version from shipping_templates order by id',
        ),
    };
  });
  expect(inOneBatch).toEqual(inTurn);
  expect(inOneBatch).toEqual(
    lists.flatMap((list, no) =>
      [1, 2, 3].map((version) => ({
        seller_id: `S-${no}`,
        excluded_destinations: list,
        applied_setting_version: 1,
        version,
      })),
    ),
  );
});
