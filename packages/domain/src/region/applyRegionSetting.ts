import { enabledSince } from '../template/geCommandLog.ts';
import type { ShippingTemplate } from '../template/shippingTemplate.ts';
import type { RegionSetting } from './regionSetting.ts';

/** What decides whether a setting reaches a template. */
export type SettingReach = Pick<
  ShippingTemplate,
  'geState' | 'geCommandNo' | 'geCommandLog' | 'appliedSettingVersion' | 'version'
>;

/** What a setting writes into a template. */
type SettingShown = Pick<ShippingTemplate, 'excludedDestinations' | 'appliedSettingVersion'>;

export type RegionSettingOutcome<Template = ShippingTemplate> =
  | { readonly kind: 'changed'; readonly template: Template & SettingShown }
  | { readonly kind: 'unchanged'; readonly template: Template };

const withSetting = <Template extends object>(template: Template, setting: RegionSetting): Template & SettingShown => ({
  ...template,
  excludedDestinations: setting.excludedDestinations,
  appliedSettingVersion: setting.version,
});

/** Whether the template was GE-enabled at the moment the setting was saved, and still is (R11). */
export function wasEnabledAtSave(template: SettingReach, setting: Pick<RegionSetting, 'commandNo'>): boolean {
  const since = enabledSince(template);
  return since !== null && since < setting.commandNo;
}

/**
 * Brings the newest setting along where it reaches the template: it was saved after the template was enabled, or the
 * seller opted in to automatic application (R12). Keeps the template's version: part of a larger change.
 */
export function withSettingReached(
  template: ShippingTemplate,
  setting: RegionSetting | null,
  autoApply: boolean,
): ShippingTemplate {
  return setting && isReached(template, setting, autoApply) ? withSetting(template, setting) : template;
}

const isReached = (template: SettingReach, setting: RegionSetting, autoApply: boolean): boolean =>
  template.geState === 'enabled' &&
  template.appliedSettingVersion < setting.version &&
  (autoApply || wasEnabledAtSave(template, setting));

/**
 * One step of the fan-out of a saved setting (R11): only templates that were GE-enabled at the save, never an older
 * version over a newer one, so repeats and any order of arrival come to the same end.
 */
export function applyRegionSetting<Template extends SettingReach>(
  template: Template,
  setting: RegionSetting,
): RegionSettingOutcome<Template> {
  if (!isReached(template, setting, false)) return { kind: 'unchanged', template };
  return { kind: 'changed', template: { ...withSetting(template, setting), version: template.version + 1 } };
}
