import { enabledSince } from '../template/geCommandLog.ts';
import type { ShippingTemplate } from '../template/shippingTemplate.ts';
import type { RegionSetting } from './regionSetting.ts';

export interface RegionSettingOutcome {
  readonly kind: 'changed' | 'unchanged';
  readonly template: ShippingTemplate;
}

const withSetting = (template: ShippingTemplate, setting: RegionSetting): ShippingTemplate => ({
  ...template,
  excludedDestinations: setting.excludedDestinations,
  appliedSettingVersion: setting.version,
});

/** Whether the template was GE-enabled at the moment the setting was saved, and still is (R11). */
export function wasEnabledAtSave(template: ShippingTemplate, setting: Pick<RegionSetting, 'commandNo'>): boolean {
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
  if (!setting || template.geState !== 'enabled' || template.appliedSettingVersion >= setting.version) return template;
  return autoApply || wasEnabledAtSave(template, setting) ? withSetting(template, setting) : template;
}

/**
 * One step of the fan-out of a saved setting (R11): only templates that were GE-enabled at the save, never an older
 * version over a newer one, so repeats and any order of arrival come to the same end.
 */
export function applyRegionSetting(template: ShippingTemplate, setting: RegionSetting): RegionSettingOutcome {
  const reached = withSettingReached(template, setting, false);
  if (reached === template) return { kind: 'unchanged', template };
  return { kind: 'changed', template: { ...reached, version: template.version + 1 } };
}
