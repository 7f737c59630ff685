import type { ShippingTemplate } from '../template/shippingTemplate.ts';
import type { Suspension } from './regionSetting.ts';

/** What is needed of a suspension to obey it. */
export type ActiveSuspension = Pick<Suspension, 'destination' | 'state'>;

/** The programme's suspensions at one version of the list; lifted ones among them do not count. */
export interface SuspensionList {
  readonly active: readonly ActiveSuspension[];
  /** Of the newest change, a lifting as much as a suspension; 0 = there never was one. */
  readonly version: number;
}

export interface SuspensionsOutcome {
  readonly kind: 'changed' | 'unchanged';
  readonly template: ShippingTemplate;
}

/** The suspended destinations as chosen by the operator, sorted, each once. */
export const suspendedDestinationsOf = (suspensions: readonly ActiveSuspension[]): readonly string[] =>
  [...new Set(suspensions.filter(({ state }) => state === 'active').map(({ destination }) => destination))].sort();

/** Shows a newer list in an enabled template. Keeps the template's version: part of a larger change. */
export const withSuspensions = (template: ShippingTemplate, { active, version }: SuspensionList): ShippingTemplate =>
  template.geState !== 'enabled' || template.appliedSuspensionVersion >= version
    ? template
    : { ...template, suspendedDestinations: suspendedDestinationsOf(active), appliedSuspensionVersion: version };

/**
 * One step of the fan-out of a suspension or a lifting (R13): makes the list visible in its own column, beside the
 * seller's exclusions, which stay as they are. Only GE-enabled templates, never an older list over a newer one.
 */
export function applySuspensions(
  template: ShippingTemplate,
  activeSuspensions: readonly ActiveSuspension[],
  version: number,
): SuspensionsOutcome {
  const shown = withSuspensions(template, { active: activeSuspensions, version });
  if (shown === template) return { kind: 'unchanged', template };
  return { kind: 'changed', template: { ...shown, version: template.version + 1 } };
}
