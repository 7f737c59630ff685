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

/** What decides whether a list reaches a template. */
export type SuspensionReach = Pick<ShippingTemplate, 'geState' | 'appliedSuspensionVersion' | 'version'>;

/** What a list writes into a template. */
type SuspensionsShown = Pick<ShippingTemplate, 'suspendedDestinations' | 'appliedSuspensionVersion'>;

export type SuspensionsOutcome<Template = ShippingTemplate> =
  | { readonly kind: 'changed'; readonly template: Template & SuspensionsShown }
  | { readonly kind: 'unchanged'; readonly template: Template };

/** The suspended destinations as chosen by the operator, sorted, each once. */
export const suspendedDestinationsOf = (suspensions: readonly ActiveSuspension[]): readonly string[] =>
  [...new Set(suspensions.filter(({ state }) => state === 'active').map(({ destination }) => destination))].sort();

const isReached = (template: SuspensionReach, version: number): boolean =>
  template.geState === 'enabled' && template.appliedSuspensionVersion < version;

const withList = <Template extends object>(
  template: Template,
  { active, version }: SuspensionList,
): Template & SuspensionsShown => ({
  ...template,
  suspendedDestinations: suspendedDestinationsOf(active),
  appliedSuspensionVersion: version,
});

/** Shows a newer list in an enabled template. Keeps the template's version: part of a larger change. */
export const withSuspensions = (template: ShippingTemplate, list: SuspensionList): ShippingTemplate =>
  isReached(template, list.version) ? withList(template, list) : template;

/**
 * One step of the fan-out of a suspension or a lifting (R13): makes the list visible in its own column, beside the
 * seller's exclusions, which stay as they are. Only GE-enabled templates, never an older list over a newer one.
 */
export function applySuspensions<Template extends SuspensionReach>(
  template: Template,
  activeSuspensions: readonly ActiveSuspension[],
  version: number,
): SuspensionsOutcome<Template> {
  if (!isReached(template, version)) return { kind: 'unchanged', template };
  const shown = withList(template, { active: activeSuspensions, version });
  return { kind: 'changed', template: { ...shown, version: template.version + 1 } };
}
