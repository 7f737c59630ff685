import type { ShippingTemplate } from '../template/shippingTemplate.ts';
import type { Enrollment } from './enrollment.ts';

/**
 * Whether a command accepted before is about to enable GE in a template that does not have it yet: an Enroll whose propagation
 * has not come to it (R3), or a wizard whose options are confirmed (R8).
 */
export function awaitsGlobalExpress(
  template: Pick<ShippingTemplate, 'id' | 'geCommandNo' | 'wizard'>,
  enrollment: Enrollment | null,
): boolean {
  if (template.wizard?.step === 'confirmed') return true;
  if (enrollment?.state !== 'propagating' || template.geCommandNo >= enrollment.commandNo) return false;
  return enrollment.templateScope === null || enrollment.templateScope.includes(template.id);
}
