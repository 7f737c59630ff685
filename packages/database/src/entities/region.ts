import type { SellerId, SuspensionId, SuspensionState } from '@ge/domain';
import { defineEntity, p } from '@mikro-orm/core';
import { counter, instant, key, texts, word } from './columns.ts';

export const RegionSettingEntity = defineEntity({
  name: 'RegionSetting',
  tableName: 'region_settings',
  primaryKeys: ['sellerId', 'version'],
  properties: {
    sellerId: key<SellerId>().primary(),
    version: p.integer().primary(),
    commandNo: counter(),
    excludedDestinations: texts(),
    savedAt: instant(),
  },
});

export const SuspensionEntity = defineEntity({
  name: 'Suspension',
  tableName: 'suspensions',
  properties: {
    id: key<SuspensionId>().primary(),
    destination: p.text(),
    state: word<SuspensionState>(),
    reason: p.text(),
    version: p.integer(),
    suspendedAt: instant(),
    liftedAt: instant().strictNullable(),
  },
  indexes: [
    {
      name: 'suspensions_one_active',
      expression: `create unique index "suspensions_one_active" on "suspensions" ("destination") where state = 'active'`,
    },
  ],
});

/** One row (`id = 1`): what the whole programme shares. Locked to draw the next version of the suspension list. */
export const ProgrammeEntity = defineEntity({
  name: 'Programme',
  tableName: 'programme',
  properties: {
    id: p.integer().primary().autoincrement(false),
    suspensionVersion: p.integer().default(0),
    /** The screening that every SKU's verdict was last found by (`screeningStamp`); empty = never. */
    screenedBy: p.text().default(''),
    /** Milliseconds by which the programme's clock runs ahead of the servers'; moved only where the clock is declared movable. */
    clockOffsetMs: counter().default(0),
  },
});
