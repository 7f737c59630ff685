import type { TemplateId } from '../identity/ids.ts';
import { accept, type Decision, type Refusal, refuse } from '../refusal/refusal.ts';
import { type EnablementFacts, enablementNeeds } from '../template/enablementNeeds.ts';
import type { ShippingTemplate } from '../template/shippingTemplate.ts';
import { sellerEligibility } from './sellerEligibility.ts';
import { inScope, templateScope } from './templateScope.ts';

export interface TemplatePreview {
  readonly templateId: TemplateId;
  readonly name: string;
  readonly outcome: 'would_enable' | 'blocked' | 'already_enabled';
  /** Every missing item when blocked. */
  readonly blockedBy: readonly Refusal[];
  readonly skuCount: number;
}

export interface EnrollmentPreview {
  readonly templates: readonly TemplatePreview[];
  readonly wouldEnable: number;
  readonly blocked: number;
  readonly alreadyEnabled: number;
  /** SKUs in templates that would be enabled: exportable at once where the product is eligible (R4, R5). */
  readonly skusGained: number;
}

export interface PreviewEnrollment extends EnablementFacts {
  readonly templates: readonly ShippingTemplate[];
  readonly scope: readonly TemplateId[] | null;
  readonly skuCounts: ReadonlyMap<TemplateId, number>;
}

/** What Enroll would do, without doing it (R4): decided by the very needs that enabling checks. */
export function previewEnrollment(request: PreviewEnrollment): Decision<EnrollmentPreview> {
  const eligibility = sellerEligibility(request.seller);
  const scope = templateScope(request.scope, request.templates);
  if (!eligibility.ok || !scope.ok) {
    return refuse(...(eligibility.ok ? [] : eligibility.refusals), ...(scope.ok ? [] : scope.refusals));
  }
  const templates = inScope(request.templates, scope.value).map((template): TemplatePreview => {
    const skuCount = request.skuCounts.get(template.id) ?? 0;
    const seen = { templateId: template.id, name: template.name, skuCount };
    if (template.geState === 'enabled') return { ...seen, outcome: 'already_enabled', blockedBy: [] };
    const blockedBy = enablementNeeds(template, request);
    return { ...seen, outcome: blockedBy.length > 0 ? 'blocked' : 'would_enable', blockedBy };
  });
  const count = (outcome: TemplatePreview['outcome']) => templates.filter((seen) => seen.outcome === outcome).length;
  const gained = templates.filter(({ outcome }) => outcome === 'would_enable');
  return accept({
    templates,
    wouldEnable: count('would_enable'),
    blocked: count('blocked'),
    alreadyEnabled: count('already_enabled'),
    skusGained: gained.reduce((sum, { skuCount }) => sum + skuCount, 0),
  });
}
