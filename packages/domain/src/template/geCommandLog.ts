import type { CommandNo } from '../identity/ids.ts';
import type { GeCommandLog, ShippingTemplate } from './shippingTemplate.ts';

/** Of a template nobody has ever enrolled. */
export const emptyGeCommandLog: GeCommandLog = { deactivatedNo: 0, enabledNos: [] };

/** Activations kept at most. Beyond it the middle ones go: the first says since when, the last ones meet late deactivations. */
const ENABLED_NOS_LIMIT = 32;

/** Whether an activation with that number can still take effect or has been overtaken by a deactivation. */
export const isOvertaken = (log: GeCommandLog, commandNo: CommandNo): boolean => commandNo <= log.deactivatedNo;

/** Adds an activation that took effect; one that is known already changes nothing. */
export function withActivation(log: GeCommandLog, commandNo: CommandNo): GeCommandLog {
  if (log.enabledNos.includes(commandNo)) return log;
  const sorted = [...log.enabledNos, commandNo].sort((a, b) => a - b);
  const enabledNos = sorted.length > ENABLED_NOS_LIMIT ? [sorted[0]!, ...sorted.slice(2)] : sorted;
  return { ...log, enabledNos };
}

/** Adds a deactivation: activations before it no longer count. */
export const withDeactivation = (log: GeCommandLog, commandNo: CommandNo): GeCommandLog => ({
  deactivatedNo: commandNo,
  enabledNos: log.enabledNos.filter((no) => no > commandNo),
});

/** The command since which the template is enabled without a break, or null where it is not. "At that moment" of R11 is measured by it. */
export const enabledSince = (
  template: Pick<ShippingTemplate, 'geState' | 'geCommandNo' | 'geCommandLog'>,
): CommandNo | null =>
  template.geState === 'enabled' ? (template.geCommandLog.enabledNos[0] ?? template.geCommandNo) : null;
