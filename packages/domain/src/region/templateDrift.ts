import type { Seller } from '../seller/seller.ts';
import type { ShippingTemplate } from '../template/shippingTemplate.ts';

/** How far a template lies behind the seller's region setting. */
export interface TemplateDrift {
  readonly drifts: boolean;
  readonly appliedVersion: number;
  readonly currentVersion: number;
}

/** Drift is visible in enabled templates only: saving the setting again ends it (R12). Others never have exclusions. */
export const templateDrift = (
  template: ShippingTemplate,
  seller: Pick<Seller, 'regionSettingVersion'>,
): TemplateDrift => ({
  drifts: template.geState === 'enabled' && template.appliedSettingVersion < seller.regionSettingVersion,
  appliedVersion: template.appliedSettingVersion,
  currentVersion: seller.regionSettingVersion,
});
